using System.Globalization;
using System.Text;

namespace Credit.Core.Http;

/// <summary>Finds a null among the elements of an array while a JSON text passes by: no list of any body has room for one.</summary>
internal sealed class NullElements
{
    private const int LongestName = 61;

    private readonly List<Level> _levels = [];
    private readonly List<byte> _text = [];
    private bool _inString;
    private bool _escaped;

    /// <summary>JSON pointer of a null element among these bytes, that follow those read before; null when there is none.</summary>
    public string? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            if (_inString)
            {
                InString(next);
            }
            else if (next == 'n' && _levels is [.., { IsArray: true }])
            {
                return Pointer();
            }
            else
            {
                Outside(next);
            }
        }

        return null;
    }

    private void InString(byte next)
    {
        if (_escaped)
        {
            _escaped = false;
        }
        else if (next == '\\')
        {
            _escaped = true;
        }
        else if (next == '"')
        {
            _inString = false;
            return;
        }

        if (_text.Count < 4 * LongestName)
        {
            _text.Add(next);
        }
    }

    private void Outside(byte next)
    {
        switch (next)
        {
            case (byte)'"':
                _inString = true;
                _text.Clear();
                break;
            // Deeper than this the reader refuses the body; nothing more is to be kept of it.
            case (byte)'[' or (byte)'{' when _levels.Count <= JsonRules.MaxDepth:
                _levels.Add(new Level(next == '['));
                break;
            case (byte)']' or (byte)'}' when _levels.Count > 0:
                _levels.RemoveAt(_levels.Count - 1);
                break;
            case (byte)',' when _levels is [.., { IsArray: true } list]:
                list.Index++;
                break;
            case (byte)':' when _levels is [.., { IsArray: false } members]:
                members.Name = Encoding.UTF8.GetString([.. _text]);
                break;
            default:
                break;
        }
    }

    private string Pointer() => string.Concat(_levels.Select(level =>
        "/" + (level.IsArray ? level.Index.ToString(CultureInfo.InvariantCulture) : JsonFault.Shown(level.Name))));

    private sealed class Level(bool isArray)
    {
        public bool IsArray { get; } = isArray;

        public int Index { get; set; }

        public string Name { get; set; } = "";
    }
}
