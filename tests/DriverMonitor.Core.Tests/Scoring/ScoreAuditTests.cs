using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Scoring;

public class ScoreAuditTests
{
    [Fact]
    public void Brier_and_calibration_error_of_ten_scores()
    {
        var vector = Vector.Cases.GetProperty("metrics");
        double[] p = vector.GetProperty("p").Numbers();
        bool[] y = [.. vector.GetProperty("y").Numbers().Select(v => v == 1)];
        Assert.Equal(vector.Number("brier")!.Value, ScoreAudit.Brier(p, y), 1e-6);
        Assert.Equal(vector.Number("ece10")!.Value, ScoreAudit.CalibrationError(p, y), 1e-6);
        Assert.Equal(vector.Number("ece5")!.Value, ScoreAudit.CalibrationError(p, y, 5), 1e-6);
    }

    [Fact]
    public void Brier_and_calibration_error_of_two_bins()
    {
        double[] p = [0.25, 0.25, 0.75, 0.75];
        bool[] y = [false, false, true, true];
        Assert.Equal(0.0625, ScoreAudit.Brier(p, y), 1e-12);
        Assert.Equal(0.25, ScoreAudit.CalibrationError(p, y, 2), 1e-12);
        Assert.Equal(0, ScoreAudit.CalibrationError([1.0], [true]), 1e-12);
        Assert.Throws<ArgumentException>(() => ScoreAudit.Brier([], []));
    }

    [Fact]
    public void Rare_events_have_exact_intervals()
    {
        var (perHour, lo, hi) = ScoreAudit.Rate(3, 40);
        Assert.Equal(0.0750, perHour, 1e-9);
        Assert.Equal(0.01547, lo, 1e-5);
        Assert.Equal(0.21918, hi, 1e-5);
        Assert.Equal(0, ScoreAudit.Rate(0, 24).Lo);
        Assert.Equal(0.1248, ScoreAudit.RateUpperBound(0, 24), 1e-4);
    }

    [Fact]
    public void A_share_has_Wilsons_interval()
    {
        var (lo, hi) = ScoreAudit.Share(18, 20);
        Assert.Equal(0.6990, lo, 1e-4);
        Assert.Equal(0.9721, hi, 1e-4);
    }
}
