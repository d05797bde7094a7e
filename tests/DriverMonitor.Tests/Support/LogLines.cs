using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Tests.Support;

/// <summary>Keeps what is logged, from any thread: the level and the line.</summary>
internal class LogLines : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> All => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue($"{logLevel} {formatter(state, exception)}");
}

/// <summary>The same for one class's logger.</summary>
internal sealed class LogLines<T> : LogLines, ILogger<T>;
