using DriverMonitor.Files;
using SkiaSharp;
using static DriverMonitor.Camera.PortraitPoints;

namespace DriverMonitor.Camera;

/// <summary>
/// The portrait as a cloth of triangles over the mesh's points. A pose moves the points; Skia stretches the picture
/// between them. A collar just outside the face goes wherever the face's outline goes, so that the jaw's edge stays whole; a
/// ring of fixed points round the head keeps the cloth sewn to the background.
/// </summary>
internal sealed class PortraitFace : IDisposable
{
    /// <summary>The mesh's depth is flatter than a head.</summary>
    private const double DepthGain = 1.15;

    private static readonly SKColor MouthCavity = new(40, 14, 14);

    private readonly SKBitmap _picture;
    private readonly PortraitLook? _look;
    private readonly SKImage _background;
    private readonly SKPaint _cloth;
    private readonly SKPaint _dark = new() { Color = MouthCavity, IsAntialias = true };
    private readonly SKPoint[] _texture;
    private readonly float[] _depth;
    private readonly double[] _jawShare;
    private readonly double[] _pucker;
    private readonly double[] _turnShare;
    private readonly ushort[] _eyeTriangles;
    private readonly ushort[] _teethTriangles;
    private readonly ushort[][] _skinTriangles;
    private readonly SKPoint[] _moved;
    private readonly float[] _movedDepth;
    private readonly ushort[] _sorted;
    private readonly float[] _sortKeys;
    private readonly double _centreX, _centreY, _pivotDepth, _faceHeight, _faceWidth;

    /// <param name="folder">Holds portrait.jpg, landmarks.csv and triangles.csv.</param>
    /// <param name="look">How the driver is made up; null as in the portrait.</param>
    public PortraitFace(string folder, PortraitLook? look = null)
    {
        var picture = Path.Combine(folder, "portrait.jpg");
        _picture =
            (File.Exists(picture) && StoredFile.Fault(picture) is null ? SKBitmap.Decode(picture) : null)
            ?? throw new CameraException(
                $"The portrait in {folder} cannot be read. Set Camera:Source to the folder models/portrait.");
        var points = PortraitFiles.ReadTable(folder, "landmarks.csv", columns: 3, fewest: FacePoints, below: float.MaxValue);
        _texture = Array.ConvertAll(points, p => new SKPoint(p[0], p[1]));
        _look = look;
        _look?.PaintSkin(_picture, _texture);
        _background = SKImage.FromBitmap(_picture);
        _cloth = new SKPaint
        {
            Shader = _background.ToShader(
                SKShaderTileMode.Clamp,
                SKShaderTileMode.Clamp,
                new SKSamplingOptions(SKFilterMode.Linear)),
        };

        _depth = Array.ConvertAll(points, p => p[2]);
        (_moved, _movedDepth) = (new SKPoint[points.Length], new float[points.Length]);

        var face = _texture.AsSpan(0, FacePoints).ToArray();
        (_centreX, _centreY) = (face.Average(p => p.X), face.Average(p => p.Y));
        _faceWidth = face.Max(p => p.X) - face.Min(p => p.X);
        _faceHeight = face.Max(p => p.Y) - face.Min(p => p.Y);
        // The head turns about a point well behind the face's surface.
        _pivotDepth = _depth.Max();
        _turnShare = [.. Enumerable.Range(0, points.Length).Select(TurnShare)];
        _jawShare = [.. Enumerable.Range(0, points.Length).Select(JawShare)];
        _pucker = [.. Enumerable.Range(0, points.Length).Select(Pucker)];

        var triangles = Array.ConvertAll(
            PortraitFiles.ReadTable(folder, "triangles.csv", columns: 3, fewest: 1, below: points.Length),
            row => Array.ConvertAll(row, value => (ushort)value));
        _eyeTriangles = [.. triangles.Where(IsEye).SelectMany(t => t)];
        _teethTriangles = [.. triangles.Where(IsTeeth).SelectMany(t => t)];
        _skinTriangles = [.. triangles.Where(t => !IsEye(t) && !IsTeeth(t))];
        _sorted = new ushort[_skinTriangles.Length * 3];
        _sortKeys = new float[_skinTriangles.Length];
    }

    public int Width => _picture.Width;

    public int Height => _picture.Height;

    public void Draw(SKCanvas canvas, in PortraitPose pose)
    {
        canvas.DrawImage(_background, 0, 0);

        // First what lies behind the lids and lips, then the skin over it. The teeth are the upper ones: they stay when the jaw
        // drops, and fade into the dark at once, for the mesh takes their edge for the lower lip (0.30 for a yawn of 0.65).
        Move(pose);
        if (pose.MouthOpen > 0) DrawMouthCavity(canvas);
        Move(pose with { EyesShut = Math.Min(0, pose.EyesShut), MouthOpen = 0 });
        DrawCloth(canvas, _eyeTriangles);
        _cloth.Color = SKColors.Black.WithAlpha((byte)(255 * Math.Clamp(1 - 4 * pose.MouthOpen, 0, 1)));
        DrawCloth(canvas, _teethTriangles);
        _cloth.Color = SKColors.Black;
        Move(pose);
        SortByDepth();
        DrawCloth(canvas, _sorted);
        _look?.DrawOver(canvas, _texture);
    }

    public void Dispose()
    {
        _cloth.Dispose();
        _dark.Dispose();
        _background.Dispose();
        _picture.Dispose();
    }

    private void Move(in PortraitPose pose)
    {
        _texture.CopyTo(_moved, 0);
        _depth.CopyTo(_movedDepth, 0);
        CloseLids(pose.EyesShut);
        OpenMouth(pose.MouthOpen);
        Turn(pose.YawDegrees, pose.PitchDegrees);
        DragCollar();
    }

    private void CloseLids(double share)
    {
        if (share == 0) return;
        for (var i = 0; i < UpperLids.Length; i++)
        {
            // A shut lid rests a little below the middle of the lower rim, or the two rows of pixels would still show an eye.
            var drop = (float)(share * (_texture[LowerLids[i]].Y - _texture[UpperLids[i]].Y));
            _moved[UpperLids[i]].Y += drop;
            _moved[SkinAbove[i]].Y += 0.65f * drop;
            _moved[SkinUnderBrow[i]].Y += 0.25f * drop;
        }
    }

    private void OpenMouth(double share)
    {
        if (share <= 0) return;
        var drop = share * 0.15 * _faceHeight;
        var middle = (_texture[MouthLeft].X + _texture[MouthRight].X) / 2;
        for (var i = 0; i < FacePoints; i++)
        {
            _moved[i].Y += (float)(drop * _jawShare[i]);
            _moved[i].X -= (float)(share * _pucker[i] * (_texture[i].X - middle));
        }
    }

    /// <summary>
    /// How much nearer to the middle a point comes: a mouth that gapes is a fifth narrower than one that smiles.
    /// </summary>
    private double Pucker(int point)
    {
        if (point >= FacePoints) return 0;
        var (left, right) = (_texture[MouthLeft], _texture[MouthRight]);
        var radius = right.X - left.X;
        var (x, y) = (_texture[point].X - (left.X + right.X) / 2, _texture[point].Y - (left.Y + right.Y) / 2);
        var near = Math.Clamp(1 - (x * x + y * y) / (radius * radius), 0, 1);
        return 0.35 * near * near;
    }

    /// <summary>
    /// How far a point goes down with the jaw: the lower lip and chin wholly, the cheeks' edge hardly, the upper face not.
    /// </summary>
    private double JawShare(int point)
    {
        if (point >= FacePoints) return 0;
        var (left, right, chin) = (_texture[MouthLeft], _texture[MouthRight], _texture[Chin]);
        var line = Math.Min(left.Y, right.Y);
        if (_texture[point].Y < line || (!LowerLips.Contains(point) && UpperLips.Contains(point))) return 0;
        var depth = Math.Clamp((_texture[point].Y - line) / (chin.Y - line), 0, 1);
        var reach = (right.X - left.X) / 2 * (1 + 1.6 * depth);
        var aside = Math.Abs(_texture[point].X - (left.X + right.X) / 2) / reach;
        return Math.Sqrt(Math.Clamp(1 - aside * aside, 0, 1));
    }

    /// <summary>The inner face turns wholly, its rim only in part, so that the hair and ears round it do not tear.</summary>
    private double TurnShare(int point)
    {
        var (x, y) = ((_texture[point].X - _centreX) / (_faceWidth / 2), (_texture[point].Y - _centreY) / (_faceHeight / 2));
        var outside = Math.Clamp((Math.Sqrt(x * x + y * y) - 0.7) / 0.35, 0, 1);
        return 1 - 0.55 * outside * outside * (3 - 2 * outside);
    }

    private void Turn(double yawDegrees, double pitchDegrees)
    {
        var (sy, cy) = Math.SinCos(double.DegreesToRadians(yawDegrees));
        var (sp, cp) = Math.SinCos(double.DegreesToRadians(pitchDegrees));
        for (var i = 0; i < FacePoints; i++)
        {
            var (x, y, z) = (_moved[i].X - _centreX, _moved[i].Y - _centreY, (_movedDepth[i] - _pivotDepth) * DepthGain);
            (x, z) = (x * cy + z * sy, z * cy - x * sy);
            (y, z) = (y * cp + z * sp, z * cp - y * sp);
            var (turned, share) = (new SKPoint((float)(_centreX + x), (float)(_centreY + y)), (float)_turnShare[i]);
            _moved[i] = new(_moved[i].X + share * (turned.X - _moved[i].X), _moved[i].Y + share * (turned.Y - _moved[i].Y));
            _movedDepth[i] = (float)(z + _pivotDepth);
        }
    }

    private void DragCollar()
    {
        for (var i = 0; i < Outline.Length; i++)
        {
            _moved[FacePoints + i] = _texture[FacePoints + i] + (_moved[Outline[i]] - _texture[Outline[i]]);
            _movedDepth[FacePoints + i] = _movedDepth[Outline[i]];
        }
    }

    private void DrawMouthCavity(SKCanvas canvas)
    {
        using var lips = new SKPath();
        lips.MoveTo(_moved[InnerLips[0]]);
        for (var i = 1; i < InnerLips.Length; i++) lips.LineTo(_moved[InnerLips[i]]);
        lips.Close();
        canvas.DrawPath(lips, _dark);
    }

    private void DrawCloth(SKCanvas canvas, ushort[] triangles)
    {
        using var vertices = SKVertices.CreateCopy(SKVertexMode.Triangles, _moved, _texture, null, triangles);
        canvas.DrawVertices(vertices, SKBlendMode.SrcOver, _cloth);
    }

    /// <summary>Far triangles first; those sewn to the background first of all.</summary>
    private void SortByDepth()
    {
        for (var i = 0; i < _skinTriangles.Length; i++)
        {
            var t = _skinTriangles[i];
            var sewn = t[0] >= FacePoints || t[1] >= FacePoints || t[2] >= FacePoints;
            _sortKeys[i] = sewn ? float.MinValue : -(_movedDepth[t[0]] + _movedDepth[t[1]] + _movedDepth[t[2]]);
        }

        Array.Sort(_sortKeys, _skinTriangles);
        for (var i = 0; i < _skinTriangles.Length; i++) _skinTriangles[i].CopyTo(_sorted, i * 3);
    }
}
