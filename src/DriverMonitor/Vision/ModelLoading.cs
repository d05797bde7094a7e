namespace DriverMonitor.Vision;

/// <summary>
/// The models, loaded while the rest of the service is put together: making their sessions is a third of what a start computes,
/// and a second core has nothing else to do.
/// </summary>
internal sealed class ModelLoading(Func<FaceReader> load) : IDisposable
{
    private readonly Task<FaceReader> _reader = Task.Run(load);

    /// <summary>Waits for them.</summary>
    /// <exception cref="ModelException">A model is missing, or is not the one of the manifest, and none is kept.</exception>
    public FaceReader Reader => _reader.GetAwaiter().GetResult();

    /// <summary>Waits for them, and gives back what loading took.</summary>
    /// <exception cref="ModelException">As <see cref="Reader"/>.</exception>
    public void Require()
    {
        _ = Reader;
        LoaderMemory.Release();
    }

    /// <summary>A start that fails for another reason waits, too: a process must not end while native code still loads.</summary>
    public void Dispose() => ((IAsyncResult)_reader).AsyncWaitHandle.WaitOne();
}
