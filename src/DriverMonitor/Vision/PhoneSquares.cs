using DriverMonitor.Camera;

namespace DriverMonitor.Vision;

/// <summary>
/// Which part of the driver the phone detector looks at. On the whole torso a phone is 30 to 50 of the network's pixels long,
/// and of 60 photographed phones in drawn hands it saw 38 %; on a square of two faces over 80 %. So it looks at one square after
/// the other, and once more where it found something: two looks must agree.
/// </summary>
internal sealed class PhoneSquares
{
    /// <summary>A phone is as long as three quarters of a face: 120 of the network's 320 pixels.</summary>
    private const double Faces = 2;

    /// <summary>Squares whose middles are nearer than this share of their side show the same.</summary>
    private const double Same = 0.4;

    /// <summary>From the eyes, in faces, aside and down: the chest, both sides of it, the lap, the ears.</summary>
    private static readonly (double Aside, double Below)[] Places = [(0, 1.9), (-1.5, 1.9), (1.5, 1.9), (0, 3.6), (0, 0.3)];

    private int _place;

    /// <summary>The square to look at in this picture.</summary>
    public CropArea Current(in FaceFrame face, int width, int height)
    {
        // A face near the picture's edge leaves no room for all of them: those that show the same are looked at once.
        while (_place > 0 && IsSeenBefore(face, width, height)) _place = (_place + 1) % Places.Length;
        return Of(_place, face, width, height);
    }

    /// <summary>Moves on, but where something was found.</summary>
    public void Update(bool isFound)
    {
        if (!isFound) _place = (_place + 1) % Places.Length;
    }

    private bool IsSeenBefore(in FaceFrame face, int width, int height)
    {
        var here = Of(_place, face, width, height);
        for (var other = 0; other < _place; other++)
        {
            var there = Of(other, face, width, height);
            if (double.Hypot(here.CentreX - there.CentreX, here.CentreY - there.CentreY) < Same * here.Side) return true;
        }

        return false;
    }

    private static CropArea Of(int place, in FaceFrame face, int width, int height) =>
        face.Square(Places[place].Aside, Places[place].Below, Faces, width, height);
}
