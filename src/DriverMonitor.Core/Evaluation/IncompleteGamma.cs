namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// The regularised lower incomplete gamma function P(a, x): its series below a + 1, Lentz's continued fraction above
/// (Abramowitz and Stegun 6.5.29, 6.5.31).
/// </summary>
internal static class IncompleteGamma
{
    private const int MostTerms = 100_000;
    private const double Enough = 1e-15;

    // Lanczos, g = 7, n = 9.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    public static double Lower(double a, double x) =>
        x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (var n = 1; n < MostTerms && term > sum * Enough; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum * Scale(a, x);
    }

    private static double Fraction(double a, double x)
    {
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var n = 1; n < MostTerms; n++)
        {
            var factor = -n * (n - a);
            b += 2;
            d = 1 / Guard(factor * d + b);
            c = Guard(b + factor / c);
            h *= c * d;
            if (Math.Abs(c * d - 1) < Enough) break;
        }

        return h * Scale(a, x);

        static double Guard(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    private static double Scale(double a, double x) => Math.Exp(a * Math.Log(x) - x - LogGamma(a));

    private static double LogGamma(double a)
    {
        a -= 1;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (a + i);
        var t = a + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (a + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
