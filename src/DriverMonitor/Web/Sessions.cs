using System.Security.Cryptography;

namespace DriverMonitor.Web;

/// <summary>One browser that may use the page.</summary>
/// <param name="Token">Its cookie.</param>
/// <param name="Csrf">What it must send with everything that changes something: another site's page cannot know it.</param>
/// <param name="Begun">Timestamp.</param>
/// <param name="End">Cancelled when it is over, so that streams that it opened end with it.</param>
internal sealed record Session(string Token, string Csrf, long Begun, CancellationTokenSource End);

/// <summary>Who has signed in, in memory alone: a restart ends every session. The oldest goes when there are too many.</summary>
internal sealed class Sessions(TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    private const int Most = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _open = new(StringComparer.Ordinal);

    public Session Open()
    {
        var session = new Session(Secret(), Secret(), time.GetTimestamp(), new CancellationTokenSource(GoodFor, time));
        lock (_gate)
        {
            if (_open.Count >= Most) End(_open.Values.MinBy(one => one.Begun)!);
            _open.Add(session.Token, session);
        }

        return session;
    }

    /// <summary>The session of a cookie, while it is good.</summary>
    public Session? Find(string? token)
    {
        lock (_gate)
        {
            if (token is null || !_open.TryGetValue(token, out var session)) return null;
            if (time.GetElapsedTime(session.Begun) < GoodFor) return session;
            End(session);
            return null;
        }
    }

    public void Close(Session session)
    {
        lock (_gate) End(session);
    }

    private void End(Session session)
    {
        if (_open.Remove(session.Token)) session.End.Cancel();
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
