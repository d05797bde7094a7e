namespace DriverMonitor.Hosting;

/// <summary>How an optional device of the vehicle is.</summary>
/// <param name="Name">What it is, such as <c>can</c>; also its name in messages.</param>
/// <param name="IsWell">Null until it was tried.</param>
/// <param name="Text">What was found, or what is wrong and what to do; one line.</param>
internal sealed record DeviceState(string Name, bool? IsWell, string Text);
