namespace DriverMonitor.Camera;

/// <summary>Which of the mesh's 468 points are the portrait's lids, lips and outline.</summary>
internal static class PortraitPoints
{
    public const int FacePoints = 468;
    public const int Chin = 152, MouthLeft = 61, MouthRight = 291;

    /// <summary>The face's outline; the collar's points follow the mesh's in this order.</summary>
    public static readonly int[] Outline =
    [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];

    // Pairs on the rim of the lids, and the two rows of skin above that follow the upper lid part of the way.
    public static readonly int[] UpperLids = [246, 161, 160, 159, 158, 157, 173, 466, 388, 387, 386, 385, 384, 398];
    public static readonly int[] LowerLids = [7, 163, 144, 145, 153, 154, 155, 249, 390, 373, 374, 380, 381, 382];
    public static readonly int[] SkinAbove = [247, 30, 29, 27, 28, 56, 190, 467, 260, 259, 257, 258, 286, 414];
    public static readonly int[] SkinUnderBrow = [113, 225, 224, 223, 222, 221, 189, 342, 445, 444, 443, 442, 441, 413];
    public static readonly int[] LidCorners = [33, 133, 263, 362];

    public static readonly int[] InnerLips =
    [
        78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
    ];

    public static readonly int[] LowerLips =
    [
        95, 88, 178, 87, 14, 317, 402, 318, 324, 96, 89, 179, 86, 15, 316, 403, 319, 325, 77, 90,
        180, 85, 16, 315, 404, 320, 307, 146, 91, 181, 84, 17, 314, 405, 321, 375,
    ];

    public static readonly int[] UpperLips =
    [
        61, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409, 191, 80, 81, 82, 13, 312, 311, 310, 415,
        78, 308, 76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306, 62, 183, 42, 41, 38, 12, 268,
        271, 272, 407, 292,
    ];

    public static bool IsEye(ushort[] triangle) =>
        triangle.All(p => UpperLids.Contains(p) || LowerLids.Contains(p) || LidCorners.Contains(p));

    public static bool IsTeeth(ushort[] triangle) => triangle.All(p => InnerLips.Contains(p));
}
