using System.Data.Common;

namespace DriverMonitor.Fleet.Storage;

/// <summary>One statement, in words that both databases understand.</summary>
internal static class Statements
{
    public static DbCommand Command(
        this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements are written in the source; what comes from outside is a parameter
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Rows changed.</summary>
    public static async Task<int> ExecuteAsync(
        this DbConnection connection, string sql, CancellationToken stop, params (string Name, object? Value)[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The first value of the first row; default if there is none.</summary>
    public static async Task<T?> ScalarAsync<T>(
        this DbConnection connection, string sql, CancellationToken stop, params (string Name, object? Value)[] values)
    {
        await using var command = connection.Command(sql, values);
        var value = await command.ExecuteScalarAsync(stop);
        return value is null or DBNull
            ? default
            : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T),
                System.Globalization.CultureInfo.InvariantCulture);
    }

    public static async Task<List<T>> ReadAsync<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> row, CancellationToken stop,
        params (string Name, object? Value)[] values)
    {
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(stop);
        List<T> rows = [];
        while (await reader.ReadAsync(stop)) rows.Add(row(reader));
        return rows;
    }
}
