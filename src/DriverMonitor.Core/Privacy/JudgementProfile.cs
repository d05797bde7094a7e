using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;

namespace DriverMonitor.Core.Privacy;

/// <summary>Which law the driver's states are judged under.</summary>
public enum JudgementProfile
{
    /// <summary>What the driver has agreed to.</summary>
    Standard,

    /// <summary>
    /// Somebody at work in the European Union: no emotion is inferred except for a declared safety reason (Regulation (EU)
    /// 2024/1689, article 5(1)(f)), and even then only for the driver himself.
    /// </summary>
    EuWork,
}
