using System.Security.Cryptography;

namespace DriverMonitor.Web;

/// <summary>One browser that may use the page.</summary>
/// <param name="Token">Its cookie.</param>
/// <param name="Csrf">What it must send with everything that changes something: another site's page cannot know it.</param>
/// <param name="Begun">Timestamp.</param>
internal sealed record Session(string Token, string Csrf, long Begun);

/// <summary>Who has signed in, in memory alone: a restart ends every session. The oldest goes when there are too many.</summary>
internal sealed class Sessions(TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    private const int Most = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _open = new(StringComparer.Ordinal);

    public Session Open()
    {
        var session = new Session(Secret(), Secret(), time.GetTimestamp());
        lock (_gate)
        {
            if (_open.Count >= Most) _open.Remove(_open.Values.MinBy(one => one.Begun)!.Token);
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
            _open.Remove(token);
            return null;
        }
    }

    public void Close(Session session)
    {
        lock (_gate) _open.Remove(session.Token);
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
