using System.Security.Cryptography;
using System.Text;

namespace ModelConformance.Benchmarks;

/// <summary>What items and wordings are known by in headings and manifests: enough digits to tell versions apart, few enough to read.</summary>
public static class ShortHash
{
    private const int Digits = 12;

    /// <summary>The first 12 lower-case hex digits of a SHA-256 over the texts, one after another in UTF-8.</summary>
    /// <param name="texts">Each ends in a separator of its own where two could run together.</param>
    public static string Of(params IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }
}
