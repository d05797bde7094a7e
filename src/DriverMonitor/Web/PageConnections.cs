using System.Net;
using Microsoft.AspNetCore.Connections;

namespace DriverMonitor.Web;

/// <summary>
/// Keeps room for who asks: when all places are taken, the connection that has asked for nothing for the longest is ended. This
/// device itself has places of its own, so that no network can keep its health and figures from it.
/// </summary>
internal sealed class PageConnections
{
    private const int MostOfOthers = 48, MostOfOurs = 32;

    /// <summary>What the server need never exceed.</summary>
    public const int Most = MostOfOthers + MostOfOurs + 8;

    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _idlest = [];

    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var node = Enter(connection);
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_gate) _idlest.Remove(node);
        }
    }

    /// <summary>A request has begun; dispose it when it is over. While it lasts its connection is not ended for others.</summary>
    public IDisposable? Begin(string connectionId)
    {
        lock (_gate)
        {
            for (var node = _idlest.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Connection.ConnectionId == connectionId) return new Request(this, node);
            }
        }

        return null;
    }

    private LinkedListNode<Place> Enter(ConnectionContext connection)
    {
        var isOurs = connection.RemoteEndPoint is IPEndPoint from && IPAddress.IsLoopback(from.Address);
        Place? ended = null;
        LinkedListNode<Place> node;
        lock (_gate)
        {
            if (_idlest.Count(place => place.IsOurs == isOurs) >= (isOurs ? MostOfOurs : MostOfOthers))
                ended = _idlest.FirstOrDefault(place => place.IsOurs == isOurs && place.Requests == 0) ?? new(connection, isOurs);
            node = _idlest.AddLast(new Place(connection, isOurs));
        }

        ended?.Connection.Abort(new ConnectionAbortedException("Its place is needed."));
        return node;
    }

    private sealed record Place(ConnectionContext Connection, bool IsOurs)
    {
        public int Requests { get; set; }
    }

    private sealed class Request : IDisposable
    {
        private readonly PageConnections _all;
        private readonly LinkedListNode<Place> _node;

        public Request(PageConnections all, LinkedListNode<Place> node)
        {
            (_all, _node) = (all, node);
            node.Value.Requests++;
        }

        public void Dispose()
        {
            lock (_all._gate)
            {
                _node.Value.Requests--;
                if (_node.List is null) return;
                _all._idlest.Remove(_node);
                _all._idlest.AddLast(_node);
            }
        }
    }
}
