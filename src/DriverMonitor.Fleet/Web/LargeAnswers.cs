using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// Figures that were counted from very many rows, kept for five minutes: they change by less than anybody sees, and somebody at
/// every screen asks for them. Small fleets always get what is stored now.
/// </summary>
internal sealed class LargeAnswers(TimeProvider time)
{
    /// <summary>Counting fewer rows takes a few milliseconds.</summary>
    public const long Large = 20_000;

    private const int Most = 1_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(int Tenant, string What), (object Value, long At)> _kept = new();
    private readonly SemaphoreSlim[] _counting = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];

    /// <param name="what">Everything that the answer depends on.</param>
    /// <param name="rows">Rows that were counted for it.</param>
    public async Task<T> GetAsync<T>(int tenant, string what, Func<Task<T>> read, Func<T, long> rows, CancellationToken stop)
        where T : notnull
    {
        if (TryFind<T>((tenant, what), out var known)) return known;
        // One at a time: who comes meanwhile is given what the first has counted.
        var counting = _counting[(uint)HashCode.Combine(tenant, what) % _counting.Length];
        await counting.WaitAsync(stop);
        try
        {
            if (TryFind<T>((tenant, what), out var counted)) return counted;
            var value = await read();
            if (rows(value) >= Large) Keep((tenant, what), value);
            return value;
        }
        finally
        {
            counting.Release();
        }
    }

    private bool TryFind<T>((int, string) key, [MaybeNullWhen(false)] out T value) where T : notnull
    {
        var isKept = _kept.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < KeptFor;
        value = isKept ? (T)kept.Value : default;
        return isKept;
    }

    private void Keep((int, string) key, object value)
    {
        if (_kept.Count >= Most) _kept.Clear();
        _kept[key] = (value, time.GetTimestamp());
    }
}
