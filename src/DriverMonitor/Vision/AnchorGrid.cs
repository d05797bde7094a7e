namespace DriverMonitor.Vision;

/// <summary>The places that BlazeFace and BlazePalm measure from.</summary>
internal static class AnchorGrid
{
    /// <summary>x and y of the middle of each cell, in shares of the input, as often as the network answers there.</summary>
    public static float[] Make(params ReadOnlySpan<(int Cells, int Each)> grids)
    {
        var anchors = new List<float>();
        foreach (var (cells, each) in grids)
            for (var y = 0; y < cells; y++)
                for (var x = 0; x < cells; x++)
                    for (var k = 0; k < each; k++)
                        anchors.AddRange([(x + 0.5f) / cells, (y + 0.5f) / cells]);
        return [.. anchors];
    }
}
