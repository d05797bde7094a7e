using Npgsql;
using NpgsqlTypes;

namespace DriverMonitor.Fleet.Storage;

/// <summary>Positional array parameters.</summary>
internal static class ArrayParameters
{
    public static void AddArray<T>(this NpgsqlCommand command, NpgsqlDbType element, IEnumerable<T> values) =>
        command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element });
}
