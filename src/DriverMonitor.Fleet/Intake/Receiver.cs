using System.Threading.Channels;
using DriverMonitor.Fleet.Contact;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Intake;

/// <summary>
/// From the broker to the disk: reads messages, stores what has come meanwhile in one transaction, and only then tells the
/// broker.
/// Killed at any point it loses nothing that anybody was told is stored.
/// </summary>
internal sealed partial class Receiver(
    IIntake intake, IEventStore store, EventReader reader, ReceiverFigures figures, TimeProvider time, ILogger<Receiver> log)
    : BackgroundService
{
    /// <summary>
    /// Most messages of one transaction, and most bytes: what has come while the disk was busy goes to it in one piece.
    /// </summary>
    private const int LargestBatch = 1_000, LargestBatchBytes = 8 << 20;

    /// <summary>Read and waiting for the transaction under way; full, it stops the reading and with it the broker.</summary>
    private const int MostWaiting = 1_000;

    /// <summary>A broker that can tell vehicles to come back later is told to after so long without a store.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly ContactBoard _board = new();
    private readonly FindingLimit _limit = new();
    private long _outageBegan;

    private readonly Channel<Received> _read =
        Channel.CreateBounded<Received>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            Task[] work = [intake.RunAsync(either.Token), ReadAsync(either.Token), StoreAsync(either.Token)];
            var first = await Task.WhenAny(work);
            await either.CancelAsync();
            await first;
            await Task.WhenAll(work);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped; what was not committed was not acknowledged and comes again.
        }
        catch (Exception) when (!stoppingToken.IsCancellationRequested)
        {
            Environment.ExitCode = ExitCode.OurBug;
            throw;
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        await foreach (var delivery in intake.Deliveries.ReadAllAsync(stop))
        {
            var at = time.GetUtcNow().ToUnixTimeMilliseconds();
            // What a broker kept is a picture of before: the newest is in the tables already.
            var reading = delivery.IsRetained ? default : reader.Read(delivery.Topic, delivery.Body.Span, at);
            await _read.Writer.WriteAsync(new(delivery, reading), stop);
        }
    }

    private async Task StoreAsync(CancellationToken stop)
    {
        List<Received> taken = new(LargestBatch);
        while (await WaitAsync(stop))
        {
            taken.Clear();
            for (var bytes = 0; taken.Count < LargestBatch && bytes < LargestBatchBytes && _read.Reader.TryRead(out var one); )
            {
                taken.Add(one);
                bytes += one.Delivery.Body.Length;
            }

            await PutAsync(taken, stop);
        }
    }

    /// <summary>Until something came, or the board is due.</summary>
    private async Task<bool> WaitAsync(CancellationToken stop)
    {
        var arrival = _read.Reader.WaitToReadAsync(stop);
        if (arrival.IsCompleted || _board.IsEmpty) return await arrival;
        var waiting = arrival.AsTask();
        await ((Task)waiting).WaitAsync(ContactBoard.Interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        return !waiting.IsCompleted || await waiting;
    }

    private async Task PutAsync(List<Received> taken, CancellationToken stop)
    {
        var batch = BatchOf(taken);
        var isStored = batch.IsEmpty || await StoreAsync(batch, stop);
        foreach (var (delivery, _) in taken)
        {
            if (isStored) delivery.Accept();
            else delivery.Refuse();
        }
    }

    private EventBatch BatchOf(List<Received> taken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        List<FleetEvent> events = new(taken.Count);
        List<Finding> findings = [];
        List<VehicleContact> contacts = [];
        foreach (var (_, reading) in taken)
        {
            if (reading.Event is { } one) events.Add(one);
            if (reading.Finding is { } finding && _limit.Admits(finding)) findings.Add(finding);
            if (reading.Contact is VehicleContact.State state) _board.Update(state);
            else if (reading.Contact is { } contact) contacts.Add(contact);
        }

        contacts.AddRange(_board.TakeDue(now));
        return new(now, events, findings, contacts);
    }

    /// <summary>Tries until it is stored. False if the broker is to send everything back instead.</summary>
    private async Task<bool> StoreAsync(EventBatch batch, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = Shorter(pause * 2, LongestPause))
        {
            try
            {
                // Stamped anew with each try: marks look for what has arrived by these times.
                var now = batch with { ReceivedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
                var result = await store.PutAsync(now, stop);
                figures.AddStored(now, result, time.GetElapsedTime(begun));
                if (figures.EndOutage()) LogStoreIsBack();
                return true;
            }
            catch (StoreUnavailableException e)
            {
                if (figures.BeginOutage())
                {
                    _outageBegan = time.GetTimestamp();
                    LogStoreFailed(TopicName.Shown(e.Message), pause.TotalSeconds);
                }

                if (intake.CanRefuse && (e.IsFull || time.GetElapsedTime(_outageBegan) > Patience)) return false;
                await Task.Delay(pause, time, stop);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(Level = LogLevel.Error, Message = "The store failed: {reason}. Nothing is acknowledged meanwhile; retrying in {seconds} s")]
    private partial void LogStoreFailed(string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The store works again")]
    private partial void LogStoreIsBack();

    private readonly record struct Received(Delivery Delivery, Reading Reading);
}
