namespace ModelConformance.Cli;

/// <summary>Rows in aligned columns, two spaces between: the same on a terminal and in a file, and never cut to a width.</summary>
public static class TextTable
{
    /// <summary>Writes the rows, their text escaped. All have as many cells as the first.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<string[]> rows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        string[][] safe = [.. rows.Select(row => row.Select(Terminal.Escape).ToArray())];
        if (safe.Length == 0)
        {
            return;
        }

        int[] widths = [.. Enumerable.Range(0, safe[0].Length).Select(column => safe.Max(row => row[column].Length))];
        foreach (var row in safe)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
