using System.Text;

namespace ModelConformance.Snapshots;

/// <summary>Reads and writes snapshot files: UTF-8 without a byte order mark, LF, and each file either old or new, never half of one.</summary>
internal static class SnapshotText
{
    /// <summary>
    /// The approved text, or null where there is none. An empty file is none, as in Verify: diff tools that cannot open a missing file are given an
    /// empty one. Line ends are those of LF, whatever a checkout made of them, and a final one, which editors like to add, is left out.
    /// </summary>
    public static string? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.Length == 0 ? null : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>Writes beside the file and renames, so that a reader or a crash never meets half a snapshot.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            File.WriteAllText(fresh, text, new UTF8Encoding(false, true));
            File.Move(fresh, path, overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }

    /// <summary>Deletes a file that may not be there.</summary>
    public static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
