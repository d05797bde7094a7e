using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DriverMonitor.Tests.Vision;

/// <summary>
/// Networks of a few nodes, written as the protobuf that ONNX is: the mean of each channel, of which the last is asked for (red, where
/// BGR is shown), or what a broken network makes of it.
/// </summary>
internal static class TinyOnnx
{
    private const int Float = 1, Ints = 7;

    /// <summary>Writes a network and its entry, and returns the entry's path.</summary>
    /// <param name="kind">"mean", "nan" or "large" (the mean of pixels that are not scaled).</param>
    /// <param name="change">Spoils the entry; null leaves it.</param>
    public static string Write(string folder, string kind, string order = "NCHW", Action<JsonNode>? change = null)
    {
        long[] shape = order == "NCHW" ? [1, 3, 32, 48] : [1, 32, 48, 3];
        var network = Model(shape, kind == "nan" ? ["ReduceMean", "Neg", "Sqrt"] : ["ReduceMean"]);
        File.WriteAllBytes(Path.Combine(folder, "tiny.onnx"), network);
        var scale = kind == "large" ? "1, 1, 1" : "0.00392156862745098, 0.00392156862745098, 0.00392156862745098";
        var entry = JsonNode.Parse($$"""
            {
              "file": "tiny.onnx", "bytes": {{network.Length}}, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData(network))}}",
              "licence": "own",
              "input": {
                "name": "images", "width": 48, "height": 32, "order": "{{order}}", "colour": "BGR",
                "scale": [{{scale}}], "offset": [0, 0, 0] },
              "output": { "name": "answer", "shape": [1, 3], "row": 2, "activation": "none" },
              "crop": "torso", "threshold": 0.5, "everySeconds": 0.5
            }
            """)!;
        change?.Invoke(entry);
        var path = Path.Combine(folder, "tiny.json");
        File.WriteAllText(path, entry.ToJsonString());
        return path;
    }

    private static byte[] Model(long[] shape, string[] operations)
    {
        var graph = new List<byte>();
        for (var i = 0; i < operations.Length; i++)
        {
            var (from, to) = (i == 0 ? "images" : $"step{i - 1}", i == operations.Length - 1 ? "answer" : $"step{i}");
            byte[] node = [.. Text(1, from), .. Text(2, to), .. Text(4, operations[i])];
            if (operations[i] == "ReduceMean") node = [.. node, .. Axes(shape[1] == 3 ? [2, 3] : [1, 2])];
            graph.AddRange(Block(1, node));
        }

        graph.AddRange(Text(2, "tiny"));
        graph.AddRange(Block(11, Value("images", shape)));
        graph.AddRange(Block(12, Value("answer", [1, 3])));
        return [.. Number(1, 8), .. Block(7, [.. graph]), .. Block(8, Number(2, 13))];
    }

    /// <summary>Height and width go: a mean for each channel is left.</summary>
    private static byte[] Axes(params long[] axes)
    {
        var ints = axes.SelectMany(axis => Number(8, axis)).ToArray();
        return
        [
            .. Block(5, [.. Text(1, "axes"), .. ints, .. Number(20, Ints)]),
            .. Block(5, [.. Text(1, "keepdims"), .. Number(3, 0), .. Number(20, 2)]),
        ];
    }

    private static byte[] Value(string name, long[] shape)
    {
        var sides = shape.SelectMany(side => Block(1, Number(1, side))).ToArray();
        return [.. Text(1, name), .. Block(2, Block(1, [.. Number(1, Float), .. Block(2, sides)]))];
    }

    private static byte[] Text(int field, string text) => Block(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Block(int field, byte[] content) => [.. Varint(field << 3 | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static List<byte> Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value & 0x7F | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
