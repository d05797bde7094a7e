namespace DriverMonitor.Core.Signals;

/// <summary>Which of a drive's alerts is meant, in the words of its own event.</summary>
/// <param name="Rule">As events write it, such as <c>eyes_closed</c>.</param>
/// <param name="RaisedAt">When it was raised, since the start.</param>
public readonly record struct AlertName(string Rule, TimeSpan RaisedAt);
