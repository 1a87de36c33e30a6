using System.Text.RegularExpressions;
using Npgsql;

namespace ModelConformance.Ledger.Postgres;

/// <summary>How a PostgreSQL database is named: Npgsql's own keywords, or the URI that other programs take.</summary>
internal static partial class PostgresAddress
{
    // The options of a URI that have another name here; libpq's documentation has them in "Parameter Key Words".
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslrootcert"] = "Root Certificate",
    };

    // Its keywords are those that it takes.
    private static readonly NpgsqlConnectionStringBuilder Known = new();

    /// <summary>Whether an address is made of keywords and values: one keyword that is known, or any where a semicolon parts them.</summary>
    public static bool HasKeywords(string where)
    {
        var parts = where.Split(';');
        var words = parts.Select(part => Keyword().Match(part)).Where(word => word.Success).Select(word => word.Groups[1].Value).ToArray();
        return words.Any(word => Known.ContainsKey(word) || Options.ContainsKey(word)) || (parts.Length > 1 && words.Length > 0);
    }

    /// <summary>Reads the address of a PostgreSQL database.</summary>
    /// <exception cref="LedgerException">It cannot be read. Of what it says nothing is shown: it may be a password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string where)
    {
        try
        {
            var address = Scheme().IsMatch(where) ? OfUri(where) : new(where);
            // These are shown. What was parted wrongly stands in one of them, with a password perhaps.
            return new[] { address.Host, address.Database, address.Username }.All(name => name?.Contains('=', StringComparison.Ordinal) != true)
                && address.Host is { Length: > 0 } host && host.LastIndexOf('@') <= 0
                ? address
                : throw new FormatException();
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new LedgerException(
                "The ledger is no file but a PostgreSQL database by its looks, and cannot be read; it is not shown, as it may hold a password. "
                + "Write Host=…;Port=…;Database=…;Username=…, with what has a semicolon in double quotes; "
                + "or postgresql://user@host:port/database, with %40 for @ and so on in each part, and behind ? "
                + $"{string.Join(", ", Options.Keys)}. The path of a file that looks so begins with ./ or with /.");
        }
    }

    /// <summary>Where it is, without who asks.</summary>
    public static string Place(NpgsqlConnectionStringBuilder address) => $"{address.Host}:{address.Port}/{address.Database ?? address.Username}";

    private static NpgsqlConnectionStringBuilder OfUri(string where)
    {
        var parts = Uri().Match(where);
        if (!parts.Success)
        {
            throw new FormatException();
        }

        var address = new NpgsqlConnectionStringBuilder();
        foreach (var name in Uri().GetGroupNames().Where(name => Options.ContainsKey(name) && parts.Groups[name].Length > 0))
        {
            Set(name, parts.Groups[name].Value);
        }

        foreach (var option in parts.Groups["query"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            Set(pair[0], pair[^1]);
        }

        return address;

        // verify-full is VerifyFull here.
        void Set(string name, string value) =>
            address[Options[name]] = System.Uri.UnescapeDataString(name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value);
    }

    [GeneratedRegex("^postgres(ql)?://", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^\s*(\w[\w ]*?)\s*=")]
    private static partial Regex Keyword();

    [GeneratedRegex(
        @"^\w+://((?<user>[^:@/?]*)(:(?<password>[^@/?]*))?@)?(?<host>\[[^\]]*\]|[^:/?]*)(:(?<port>\d+))?(/(?<dbname>[^?@]*))?(\?(?<query>.*))?$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Uri();
}
