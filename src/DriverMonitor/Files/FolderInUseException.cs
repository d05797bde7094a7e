namespace DriverMonitor.Files;

/// <summary>Another service has a folder that this one needs; the message is one line (exit code 75).</summary>
internal sealed class FolderInUseException(string folder, Exception inner)
    : Exception(
        $"Another service runs with {folder}. "
        + "Stop that one first, or give this one folders of its own (Outbox:Folder, Fleet:Folder).",
        inner);
