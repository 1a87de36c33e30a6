using Microsoft.Data.Sqlite;

namespace ModelConformance.Bench;

/// <summary>What a ledger file is compared with: a read of its replies by nothing but the driver.</summary>
internal static class BareSqlite
{
    /// <returns>How many replies there are.</returns>
    public static int Read(string file, string columns = "*")
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = new SqliteCommand($"SELECT {columns} FROM replies", connection);
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        var rows = 0;
        while (reader.Read())
        {
            reader.GetValues(values);
            rows++;
        }

        return rows;
    }
}
