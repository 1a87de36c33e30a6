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

    /// <summary>Reads an address; null where it names no PostgreSQL database, so a file.</summary>
    /// <exception cref="LedgerException">It names one, and cannot be read. Of what it says nothing is shown: it may be a password.</exception>
    public static NpgsqlConnectionStringBuilder? TryRead(string where)
    {
        var uri = Scheme().IsMatch(where);
        if (!uri && !HasHost().IsMatch(where))
        {
            return null;
        }

        try
        {
            return uri ? OfUri(where) : new(where);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new LedgerException(uri
                ? "The ledger is the URI of a PostgreSQL database, and cannot be read. Write postgresql://user@host:port/database, "
                    + $"with %40 for @ and so on in each part; behind ? may stand {string.Join(", ", Options.Keys)}."
                : "The ledger is the connection string of a PostgreSQL database, and cannot be read. Write Host=…;Port=…;Database=…;Username=…, "
                    + "with what has a semicolon in double quotes.");
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

    [GeneratedRegex(@"(^|;)\s*(Host|Server)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex HasHost();

    [GeneratedRegex(
        @"^\w+://((?<user>[^:@/?]*)(:(?<password>[^@/?]*))?@)?(?<host>\[[^\]]*\]|[^:/?]*)(:(?<port>\d+))?(/(?<dbname>[^?]*))?(\?(?<query>.*))?$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Uri();
}
