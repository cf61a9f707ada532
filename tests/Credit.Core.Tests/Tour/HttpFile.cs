using System.Text;

namespace Credit.Core.Tests.Tour;

/// <summary>One request of a <c>.http</c> file.</summary>
/// <param name="Title">Text behind <c>###</c>.</param>
/// <param name="Name">Name by which later requests refer to its answer; null when none does.</param>
/// <param name="Expect">Status that must come back; any that says it went well when null.</param>
/// <param name="Shows">Texts the answer must hold.</param>
/// <param name="Hides">Texts it must not hold.</param>
/// <param name="Method">Method.</param>
/// <param name="Address">Address, with its variables.</param>
/// <param name="Headers">Headers, with their variables.</param>
/// <param name="Body">Lines of the body; a line that begins with <c>&lt; </c> names a file.</param>
internal sealed record HttpStep(
    string Title, string? Name, int? Expect, IReadOnlyList<string> Shows, IReadOnlyList<string> Hides, HttpMethod Method, string Address,
    IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> Body);

/// <summary>A <c>.http</c> file as editors run it, with the expectations our tests add in comments.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="Folder">Folder that the files named in bodies start from.</param>
/// <param name="Variables">Variables of the file.</param>
/// <param name="Steps">Requests in order.</param>
internal sealed record HttpFile(string Name, string Folder, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<HttpStep> Steps)
{
    /// <summary>Reads a file.</summary>
    public static HttpFile Read(string path)
    {
        var blocks = ("\n" + File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n")).Split("\n###");
        var variables = blocks[0].Split('\n').Where(line => line.StartsWith('@'))
            .Select(line => line[1..].Split('=', 2, StringSplitOptions.TrimEntries)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, variables, [.. blocks.Skip(1).Select(StepOf)]);
    }

    private static HttpStep StepOf(string block)
    {
        var lines = block.Split('\n');
        var start = Array.FindIndex(lines, 1, line => line.Length > 0 && line[0] != '#');
        var blank = Array.FindIndex(lines, start, line => line.Length == 0);
        var headEnd = blank < 0 ? lines.Length : blank;
        var request = lines[start].Split(' ', 2);
        string[] Marked(string mark) => [.. lines.Take(start).Where(line => line.StartsWith($"# @{mark} ", StringComparison.Ordinal)).Select(line => line[(mark.Length + 4)..].Trim())];
        var expected = Marked("expect").SingleOrDefault();
        return new(
            lines[0].Trim(),
            Marked("name").SingleOrDefault(),
            expected is null ? null : int.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            Marked("shows"),
            Marked("hides"),
            new HttpMethod(request[0]),
            request[1],
            lines[(start + 1)..headEnd].Select(line => line.Split(": ", 2)).ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase),
            [.. lines.Skip(headEnd + 1).Reverse().SkipWhile(line => line.Length == 0).Reverse()]);
    }
}
