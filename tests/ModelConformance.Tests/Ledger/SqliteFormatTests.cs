using Microsoft.Data.Sqlite;
using ModelConformance.Ledger;
using ModelConformance.Ledger.Sqlite;
using ModelConformance.Protocol;
using SQLitePCL;

namespace ModelConformance.Tests.Ledger;

public sealed class SqliteFormatTests : IDisposable
{
    private static readonly ReplyKey Key = new("target", UInt128.One, 2);

    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "a folder", "ledger.db");

    public SqliteFormatTests() => Directory.CreateDirectory(Path.GetDirectoryName(File)!);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_file_says_what_it_is_and_is_whole_without_its_log()
    {
        Directory.Delete(Path.GetDirectoryName(File)!);
        await KeepAsync("(b)");

        folder.Files.Should().Equal("a folder/ledger.db");
        (Scalar("PRAGMA application_id"), Scalar("PRAGMA user_version"), Scalar("PRAGMA page_size"), Scalar("PRAGMA journal_mode"))
            .Should().Be(((long)SqliteFormat.ApplicationId, (long)SqliteFormat.Version, 32768L, "wal"));
    }

    [Fact]
    public async Task A_file_of_version_1_keeps_its_replies_and_comes_to_keep_failed_attempts()
    {
        using (var connection = Connect())
        {
            SqliteFormat.Migrate(connection, File, 1);
        }

        Scalar("""
            INSERT INTO targets VALUES (1, 'target');
            INSERT INTO replies VALUES (
              1, x'00000000000000000000000000000001', 2,
              17000000000000000, 30000, 2, '{"HTTP 429":1}', 120, 3, 0, 0, 'r-1', 'm', NULL, 'stop', NULL, NULL, '(b)')
            """);

        await using (var ledger = await Ledgers.OpenAsync(File, default))
        {
            Replies.All((await ledger.FindAsync([Key], default))[0]).Should().Be(Replies.All(new Reply("(b)", Finish.Stop)
            {
                Call = new()
                {
                    At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
                    Latency = TimeSpan.FromMilliseconds(3),
                    Requests = 2,
                    Retries = new Call().Retries.Add("HTTP 429", 1),
                    Usage = new(120, 3, 0, 0),
                    RequestId = "r-1",
                    Model = "m",
                },
            }));
            await ledger.KeepAsync(Key, Reply.Failed("HTTP 500"), default);
        }

        Scalar("SELECT error FROM attempts").Should().Be("HTTP 500");
        Scalar("PRAGMA user_version").Should().Be((long)SqliteFormat.Version);
    }

    [Fact]
    public async Task A_newer_format_is_refused_by_its_number()
    {
        await KeepAsync("(b)");
        Scalar($"PRAGMA user_version = {SqliteFormat.Version + 1}");

        await RefusedAsync($"*{File}*format {SqliteFormat.Version + 1}*up to {SqliteFormat.Version}*newer*");
    }

    [Fact]
    public async Task Another_programs_database_is_refused()
    {
        Scalar("CREATE TABLE notes (text)");

        await RefusedAsync($"*{File}*another program*");
    }

    [Fact]
    public async Task What_is_no_database_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('#', 5000));

        await RefusedAsync($"*{File} is no SQLite file*");
    }

    [Fact]
    public async Task A_file_that_can_only_be_read_is_refused()
    {
        await KeepAsync("(b)");

        // The format's own sign that who reads a file must not write it: permissions do not bind everybody.
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes[18] = 3;
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        await RefusedAsync($"*{File} can only be read*");
    }

    [Fact]
    public async Task A_damaged_file_is_told_when_it_is_read()
    {
        await KeepAsync(new string('x', 500_000));
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        bytes.AsSpan(32768).Fill(0xff);
        await System.IO.File.WriteAllBytesAsync(File, bytes);

        await using var ledger = await Ledgers.OpenAsync(File, default);
        (await ledger.Awaiting(damaged => damaged.FindAsync([Key], default).AsTask()).Should().ThrowAsync<LedgerException>())
            .WithMessage($"*{File} is damaged*");
    }

    [Fact]
    public async Task A_folder_is_refused()
    {
        Directory.CreateDirectory(File);

        foreach (var there in new[] { File, Path.GetPathRoot(File)!, Path.Combine(folder.Path, "not there") + Path.DirectorySeparatorChar })
        {
            await this.Awaiting(_ => Ledgers.OpenAsync(there, default)).Should().ThrowAsync<LedgerException>().WithMessage($"*{there} is a folder*");
        }
    }

    [Fact]
    public void A_file_that_another_process_makes_a_ledger_of_while_it_is_looked_at_is_no_other_programs()
    {
        using var connection = Connect();
        using var other = Connect();
        other.DefaultTimeout = 1;
        var tries = 0;
        raw.sqlite3_trace(
            connection.Handle,
            (_, statement) =>
            {
                if (statement.Contains("user_version", StringComparison.Ordinal) && tries++ == 0)
                {
                    Migrate(other);
                }
            },
            null);

        SqliteFormat.Prepare(connection, File);

        tries.Should().BePositive();
        Scalar("PRAGMA user_version").Should().Be((long)SqliteFormat.Version);

        void Migrate(SqliteConnection at)
        {
            try
            {
                SqliteFormat.Migrate(at, File, SqliteFormat.Version);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == raw.SQLITE_BUSY)
            {
                // It has to wait, as a process would.
            }
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        await System.IO.File.WriteAllTextAsync(File, "");
        var inside = Path.Combine(File, "ledger.db");

        await this.Awaiting(_ => Ledgers.OpenAsync(inside, default)).Should().ThrowAsync<LedgerException>().WithMessage($"The folder*{inside}*");
    }

    // What is refused is left as it was.
    private async Task RefusedAsync(string message)
    {
        var before = await System.IO.File.ReadAllBytesAsync(File);
        await this.Awaiting(_ => Ledgers.OpenAsync(File, default)).Should().ThrowAsync<LedgerException>().WithMessage(message);
        (await System.IO.File.ReadAllBytesAsync(File)).Should().Equal(before);
    }

    private async Task KeepAsync(string text)
    {
        await using var ledger = await Ledgers.OpenAsync(File, default);
        await ledger.KeepAsync(Key, new Reply(text, Finish.Stop), default);
    }

    private object? Scalar(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        return connection;
    }
}
