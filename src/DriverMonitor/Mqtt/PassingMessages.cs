using System.Collections.Concurrent;

namespace DriverMonitor.Mqtt;

/// <summary>
/// What is worth saying while there is a connection and not worth a write to the card: the answers to a fleet's marks, one every
/// few minutes for a vehicle's whole life. Bounded: the oldest go, because the next mark is answered anew.
/// </summary>
internal sealed class PassingMessages
{
    private const int MostWaiting = 16;

    private readonly ConcurrentQueue<(string Topic, byte[] Body)> _waiting = new();

    /// <summary>Raised on the thread that adds.</summary>
    public event Action? Added;

    public void Add(string topic, byte[] body)
    {
        _waiting.Enqueue((topic, body));
        while (_waiting.Count > MostWaiting && _waiting.TryDequeue(out _)) { }
        Added?.Invoke();
    }

    public bool TryTake(out (string Topic, byte[] Body) message) => _waiting.TryDequeue(out message);
}
