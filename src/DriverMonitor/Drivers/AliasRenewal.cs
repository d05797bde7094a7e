using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>Gives drivers another pseudonym every 30 days, as soon as the time of day is known.</summary>
/// <param name="trustedNow">The time of day; null where nobody vouches for it.</param>
/// <param name="keep">How long recordings are kept.</param>
internal sealed partial class AliasRenewal(
    string folder, TimeSpan keep, Func<DateTimeOffset?> trustedNow, TimeProvider time, ILogger<AliasRenewal> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    private readonly AliasSalts _salts = new(folder);
    private readonly ILogger _log = log;
    private string? _fault;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do Step(); while (await timer.WaitForNextTickAsync(stop));
    }

    private void Step()
    {
        if (trustedNow() is not { } now) return;
        try
        {
            if (_salts.Renew(now, keep))
            {
                var older = _salts.Read().Count - 1;
                LogRenewed(older);
            }

            _fault = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_fault != e.Message) LogFault(e.Message);
            _fault = e.Message;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Pseudonyms are made with a salt of this month; {Older} older ones are kept for erasures.")]
    private partial void LogRenewed(int older);

    [LoggerMessage(Level = LogLevel.Error, Message = "The salt of the pseudonyms cannot be renewed: {Why} Trying again in 10 min.")]
    private partial void LogFault(string why);
}
