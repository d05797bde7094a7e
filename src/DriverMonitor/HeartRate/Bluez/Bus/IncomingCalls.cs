using Tmds.DBus.Protocol;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>Answers the calls that somebody makes of us, whatever object they name.</summary>
/// <param name="agrees">What is said to a call: done, or refused. It is asked on a thread of the pool.</param>
internal sealed class IncomingCalls(Func<BusMessage, bool> agrees) : IPathMethodHandler
{
    public string Path => "/";

    public bool HandlesChildPaths => true;

    public ValueTask HandleMethodAsync(MethodContext context)
    {
        if (agrees(MessageReader.Read(context.Request)))
        {
            using var answer = context.CreateReplyWriter(null);
            context.Reply(answer.CreateMessage());
        }
        else context.ReplyError("org.freedesktop.DBus.Error.AccessDenied", "Refused.");

        return default;
    }
}
