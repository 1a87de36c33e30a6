using ModelConformance.Ledger;
using ModelConformance.Ledger.Postgres;
using Npgsql;

namespace ModelConformance.Tests.Ledger;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData(
        "postgresql://ann:p%40ss@db.example:5433/fairness?sslmode=verify-full",
        "Host=db.example;Port=5433;Database=fairness;Username=ann;Password=p@ss;SSL Mode=VerifyFull")]
    [InlineData("postgres://ann@db.example/fairness", "Host=db.example;Database=fairness;Username=ann")]
    [InlineData("postgresql://db.example", "Host=db.example")]
    [InlineData("postgresql://[::1]:5433/fairness", "Host=[::1];Port=5433;Database=fairness")]
    [InlineData("postgresql:///fairness?host=%2Fvar%2Frun%2Fpostgresql&user=ann", "Host=/var/run/postgresql;Database=fairness;Username=ann")]
    [InlineData("Host=db.example;Username=ann", "Host=db.example;Username=ann")]
    [InlineData(" server = db.example", "Host=db.example")]
    [InlineData("Database=fairness;Host=db.example", "Database=fairness;Host=db.example")]
    public void A_database_is_named_by_a_URI_or_by_a_connection_string(string where, string same)
    {
        PostgresAddress.Read(where).EquivalentTo(new NpgsqlConnectionStringBuilder(same)).Should().BeTrue();
    }

    [Theory]
    [InlineData("Host=127.0.0.1:5x;Database=d;Username=u;Password=secret")]
    [InlineData("postgresql://u:secret@127.0.0.1:99999/d")]
    [InlineData("Host=127.0.0.1;Database=d;Username=u;Password=secret;Minimum Pool Size=5;Maximum Pool Size=1")]
    public async Task What_turns_out_wrong_only_when_it_is_used_is_told_without_the_password(string where)
    {
        var fault = (await FluentActions.Awaiting(() => Ledgers.OpenAsync(where, default)).Should().ThrowAsync<LedgerException>()).Which;

        fault.ToString().Should().NotContain("secret");
    }

    [Theory]
    [InlineData("ledger.db")]
    [InlineData("a folder/ledger.db")]
    [InlineData("/var/lib/postgresql/ledger.db")]
    [InlineData("/runs;a=1/b:2/ledger.db")]
    [InlineData(@"C:\ledgers\host=1;2\ledger.db")]
    [InlineData(@"\\server\host=1;2\ledger.db")]
    [InlineData("./host=1")]
    [InlineData("../sqlite:ledger.db")]
    [InlineData("lr=0.1.db")]
    [InlineData("runs/lr=0.1/ledger.db")]
    [InlineData("postgresql.db")]
    public void A_path_is_a_file(string where)
    {
        Ledgers.IsFile(where).Should().BeTrue();
    }

    [Theory]
    [InlineData("Hots=db.example;Password=sesame")]
    [InlineData("Hots=db.example;Passwort=sesame")]
    [InlineData("Database=fairness;Username=ann;Password=sesame")]
    [InlineData("Password=sesame")]
    [InlineData("password = sesame")]
    [InlineData("dbname=fairness password=sesame")]
    [InlineData("host=db.example dbname=fairness password=sesame")]
    [InlineData("Host=db.example;Database=fairness Password=sesame")]
    [InlineData("Host=ann:sesame@db.example")]
    [InlineData("mysql://ann:sesame@db.example/fairness")]
    [InlineData("postgresql:/ann:sesame@db.example/fairness")]
    [InlineData("postgresql:ann:sesame@db.example/fairness")]
    [InlineData("jdbc:postgresql://ann:sesame@db.example/fairness")]
    [InlineData(" postgresql://ann:sesame@db.example/fairness")]
    [InlineData("postgresql://ann:123/sesame@db.example/fairness")]
    [InlineData("ann:sesame@db.example")]
    [InlineData("file:sesame?mode=ro")]
    public async Task What_is_meant_for_a_database_and_cannot_be_read_becomes_no_file(string where)
    {
        Ledgers.IsFile(where).Should().BeFalse();

        (await this.Awaiting(_ => Ledgers.OpenAsync(where, default)).Should().ThrowAsync<LedgerException>())
            .WithMessage("*PostgreSQL*cannot be read*Host=*").Which.ToString().Should().NotContain("sesame");
    }

    [Theory]
    [InlineData("postgresql://ann:sesame@db.example:port/fairness")]
    [InlineData("postgresql://ann:sesame@db.example/fairness?sesame=1")]
    [InlineData("Host=db.example;Port=5432 Password=sesame")]
    [InlineData("Host=db.example;Password=open;sesame=1")]
    [InlineData("Host=127.0.0.1;Port=1;Password=sesame;Timeout=1")]
    public async Task What_cannot_be_read_or_reached_is_told_without_the_password(string where)
    {
        (await this.Awaiting(_ => Ledgers.OpenAsync(where, default)).Should().ThrowAsync<LedgerException>().WithMessage("*PostgreSQL*"))
            .Which.ToString().Should().NotContain("sesame");
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_in_whole_sentences()
    {
        await this.Awaiting(_ => Ledgers.OpenAsync("Host=127.0.0.1;Port=1;Username=ann", default)).Should().ThrowAsync<LedgerException>()
            .WithMessage("The PostgreSQL ledger at 127.0.0.1:1/ann cannot be reached: Failed to connect to 127.0.0.1:1. Check that it runs *");
    }
}
