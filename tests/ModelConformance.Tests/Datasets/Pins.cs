using System.Security.Cryptography;
using System.Text;
using ModelConformance.Datasets;

namespace ModelConformance.Tests.Datasets;

/// <summary>Small pinned files for tests.</summary>
internal static class Pins
{
    private static readonly DataOrigin Origin = new("bbq", "owner/name", new string('a', 40), "CC-BY-4.0");

    /// <summary>A file whose pinned bytes are a text.</summary>
    public static DataFile Of(string text, string name = "Age.jsonl")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        // Written down a second time, so that a mistake in the library's own hash does not cancel out.
#pragma warning disable CA5350 // SHA-1 is git's choice.
        var id = Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
#pragma warning restore CA5350
        return new DataFile(Origin, $"bbq/{name}", $"data/{name}", id) { Bytes = bytes.Length };
    }
}
