using System.Buffers;
using System.Globalization;
using System.Text;

namespace ModelConformance.Ledger;

/// <summary>
/// Any string as text that every database keeps: a NUL and half a surrogate pair, which PostgreSQL refuses and UTF-8 cannot say, are written as
/// U+001A and four hexadecimal digits, and so is U+001A itself. Everything else stays as it is.
/// </summary>
internal static class PlainText
{
    private const char Mark = '\u001a';

    /// <summary>The text to write.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny('\0', Mark) && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return text;
        }

        var written = new StringBuilder(text.Length + 16);
        for (int at = 0, length; at < text.Length; at += length)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(at), out _, out length);
            if (status != OperationStatus.Done || text[at] is '\0' or Mark)
            {
                written.Append(Mark).Append(CultureInfo.InvariantCulture, $"{(int)text[at]:x4}");
            }
            else
            {
                written.Append(text, at, length);
            }
        }

        return written.ToString();
    }

    /// <summary>The opposite of <see cref="Of"/>.</summary>
    /// <exception cref="FormatException">The digits are missing.</exception>
    public static string Read(string written)
    {
        var at = written.IndexOf(Mark);
        if (at < 0)
        {
            return written;
        }

        var text = new StringBuilder(written.Length);
        var from = 0;
        for (; at >= 0; at = written.IndexOf(Mark, from))
        {
            var digits = written.AsSpan(at + 1, Math.Min(4, written.Length - at - 1));
            text.Append(written, from, at - from).Append((char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            from = at + 5;
        }

        return text.Append(written, from, written.Length - from).ToString();
    }
}
