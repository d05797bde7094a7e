using DriverMonitor.Fleet.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DriverMonitor.Fleet.Storage;

/// <summary>A batch of events as columns: what <c>unnest</c> takes.</summary>
internal sealed class EventColumns
{
    private readonly int[] _vehicle;
    private readonly int[] _boot;
    private readonly long[] _epoch;
    private readonly long[] _seq;
    private readonly long[] _at;
    private readonly long[] _mono;
    private readonly short[] _type;
    private readonly short[] _kind;
    private readonly short[] _level;
    private readonly short[] _clock;
    private readonly short[] _late;
    private readonly string?[] _episode;
    private readonly string[] _body;

    public EventColumns(IReadOnlyList<KeyValuePair<EventKey, FleetEvent>> events)
    {
        var count = events.Count;
        (_vehicle, _boot, _epoch, _seq) = (new int[count], new int[count], new long[count], new long[count]);
        (_at, _mono, _type, _kind) = (new long[count], new long[count], new short[count], new short[count]);
        (_level, _clock, _late) = (new short[count], new short[count], new short[count]);
        (_episode, _body) = (new string?[count], new string[count]);
        var i = 0;
        foreach (var (key, one) in events)
        {
            (_vehicle[i], _boot[i], _epoch[i], _seq[i]) = (key.Vehicle, one.Boot, (long)one.Epoch, one.Seq);
            (_at[i], _mono[i], _type[i], _kind[i]) = (one.At, one.Mono, (short)one.Type, (short)one.Kind);
            (_level[i], _clock[i], _late[i]) = ((short)one.Level, (short)one.Clock, (short)(one.IsLate ? 1 : 0));
            (_episode[i], _body[i]) = (one.Episode, one.Body);
            i++;
        }
    }

    public void AddTo(NpgsqlCommand command, long receivedAt)
    {
        command.AddArray(NpgsqlDbType.Integer, _vehicle);
        command.AddArray(NpgsqlDbType.Integer, _boot);
        command.AddArray(NpgsqlDbType.Bigint, _epoch);
        command.AddArray(NpgsqlDbType.Bigint, _seq);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = receivedAt, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.AddArray(NpgsqlDbType.Bigint, _at);
        command.AddArray(NpgsqlDbType.Bigint, _mono);
        command.AddArray(NpgsqlDbType.Smallint, _type);
        command.AddArray(NpgsqlDbType.Smallint, _kind);
        command.AddArray(NpgsqlDbType.Smallint, _level);
        command.AddArray(NpgsqlDbType.Smallint, _clock);
        command.AddArray(NpgsqlDbType.Smallint, _late);
        command.AddArray(NpgsqlDbType.Text, _episode);
        command.AddArray(NpgsqlDbType.Text, _body);
    }
}
