using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Hosting;

/// <summary>
/// An optional part of the service that runs until it is told to stop, under supervision: its failure ends nothing else.
/// </summary>
internal sealed class SupervisedTask : BackgroundService
{
    private readonly SupervisedPart _part;
    private readonly Func<Func<CancellationToken, Task>> _make;
    private readonly Action<TimeSpan?>? _failed;
    private Func<CancellationToken, Task>? _run;

    /// <param name="make">Makes the part once; tried again with each start while that fails.</param>
    /// <param name="failed">What is safe meanwhile; told how long the part is away, null for good.</param>
    public SupervisedTask(SupervisedPart part, Func<Func<CancellationToken, Task>> make, Action<TimeSpan?>? failed = null)
    {
        (_part, _make, _failed) = (part, make, failed);
        // Before anything runs: the link must know of who listens to orders before it connects.
        _run = part.Make(make);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _part.RunAsync(RunOnceAsync, stoppingToken, _failed);

    private async Task RunOnceAsync(CancellationToken stop)
    {
        await (_run ??= _make())(stop);
        if (!stop.IsCancellationRequested) throw new InvalidOperationException("It ended by itself.");
    }
}

/// <summary>Adds supervised parts to the service.</summary>
internal static class SupervisedServices
{
    // AddHostedService would take two parts of one class for the same part and drop the second.
    public static void AddPart(
        this IServiceCollection services, ServicePart part, Func<IServiceProvider, Func<CancellationToken, Task>> make,
        Action<IServiceProvider, TimeSpan?>? failed = null) =>
        services.AddSingleton<IHostedService>(provider => new SupervisedTask(
            provider.GetRequiredService<Supervisor>().Of(part),
            () => make(provider),
            failed is null ? null : wait => failed(provider, wait)));
}
