using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>Which eyes are looked at; sides are those of the picture.</summary>
public enum SeeingEye { Both, PictureLeft, PictureRight }
