namespace DriverMonitor.Devices;

/// <summary>
/// The thread of one device. A sensor that holds its bus keeps the kernel's call from returning, and the thread with it: it is
/// waited for a while and then left alone, until the call returns by itself.
/// </summary>
#pragma warning disable CA1001 // a thread that hangs is the last to use the semaphore, and nobody knows when
internal sealed class DeviceWorker(string name, Func<IPolledDevice> open)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _asked = new(0);
    private TaskCompletionSource? _answer;
    private Thread? _thread;
    private volatile bool _isOver;

    /// <summary>The call before has not come back.</summary>
    public bool IsHanging => _answer is { Task.IsCompleted: false };

    /// <summary>Polls once; the task fails with what the device's driver throws. Not to be called while it hangs.</summary>
    public Task PollAsync()
    {
        if (_thread is null)
        {
            _thread = new(Work) { IsBackground = true, Name = name };
            _thread.Start();
        }

        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Release();
        return _answer.Task;
    }

    /// <summary>Lets the thread end, and close the device, as soon as it can.</summary>
    public void Stop()
    {
        _isOver = true;
        _asked.Release();
    }

    private void Work()
    {
        IPolledDevice? device = null;
        while (true)
        {
            _asked.Wait();
            if (_isOver) break;
            var answer = _answer!;
            try
            {
                device ??= open();
                device.Poll();
                answer.SetResult();
            }
#pragma warning disable CA1031 // drivers throw what they like when a wire is loose; the thread must outlive it
            catch (Exception e)
            {
                Close(device);
                device = null;
                answer.SetException(e);
            }
#pragma warning restore CA1031
        }

        Close(device);
    }

    private static void Close(IPolledDevice? device)
    {
        try
        {
            device?.Dispose();
        }
#pragma warning disable CA1031 // one that is unplugged cannot be told to sleep
        catch (Exception)
        {
            // it is gone anyway
        }
#pragma warning restore CA1031
    }
}
