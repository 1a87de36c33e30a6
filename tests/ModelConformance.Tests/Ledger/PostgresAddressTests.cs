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
        PostgresAddress.TryRead(where)!.EquivalentTo(new NpgsqlConnectionStringBuilder(same)).Should().BeTrue();
    }

    [Theory]
    [InlineData("ledger.db")]
    [InlineData("/var/lib/postgresql/ledger.db")]
    [InlineData(@"C:\ledgers\host=1;2\ledger.db")]
    [InlineData("postgresql.db")]
    public void Everything_else_is_a_file(string where)
    {
        PostgresAddress.TryRead(where).Should().BeNull();
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
}
