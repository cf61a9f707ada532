using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Http;

namespace Credit.Core.Checks.Batches;

/// <summary>
/// Reads a batch in JSON while it arrives: never more of it is in memory than one row. A row that is not one of a subject is told by row; a
/// body that is no JSON, or has other members, is refused.
/// </summary>
internal sealed class BatchBody(JsonSerializerOptions options, AskedRows rows)
{
    private static readonly byte[] OrganisationKind = "LegalPerson"u8.ToArray();

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private BatchQuestion _question = new();
    private Place _place = Place.Before;

    private enum Place
    {
        Before,
        Members,
        Rows,
        After,
    }

    /// <summary>Reads <c>{"purpose": …, "matter": …, "validAt": …, "subjects": […]}</c>, its members in any order.</summary>
    /// <exception cref="BadHttpRequestException">The body is no such JSON.</exception>
    public async Task<BatchQuestion> ReadAsync(Stream body, CancellationToken cancel)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = options.MaxDepth });
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancel);
                pipe.AdvanceTo(Take(read.Buffer, read.IsCompleted, ref state), read.Buffer.End);
                if (read.IsCompleted)
                {
                    return _question;
                }
            }
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body is no batch.", StatusCodes.Status400BadRequest, fault);
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    /// <summary>Reads one question, and then one subject a line (NDJSON).</summary>
    /// <exception cref="BadHttpRequestException">The first line is no question, or a line is longer than any subject.</exception>
    public async Task<BatchQuestion> ReadLinesAsync(Stream body, CancellationToken cancel)
    {
        const int LongestLine = 64 * 1024;
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: LongestLine));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancel);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    Line(rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > LongestLine)
                {
                    throw new JsonException("The input does not contain any line end: invalid JSON.");
                }

                if (read.IsCompleted)
                {
                    Line(rest);
                    return _question;
                }

                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body is no batch.", StatusCodes.Status400BadRequest, fault);
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private void Line(ReadOnlySequence<byte> line)
    {
        if (IsBlank(line))
        {
            return;
        }

        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        if (_place == Place.Before)
        {
            _question = JsonSerializer.Deserialize<BatchQuestion>(ref reader, options)!;
            _place = Place.Rows;
            return;
        }

        try
        {
            rows.Add(JsonSerializer.Deserialize<CheckedSubject>(ref reader, options) ?? throw new JsonException("The row is null: a member has the wrong type.", "$", 0, 0));
        }
        catch (JsonException fault)
        {
            rows.Add(fault);
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }

    // Goes on from one whole thing to the next; what is not whole yet is read again with what follows it.
    private SequencePosition Take(ReadOnlySequence<byte> bytes, bool last, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(bytes, last, state);
        while (true)
        {
            var whole = reader;
            if (!TakeOne(ref whole))
            {
                break;
            }

            reader = whole;
        }

        state = reader.CurrentState;
        return reader.Position;
    }

    private bool TakeOne(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (_place)
        {
            case Place.Before:
                _place = reader.TokenType == JsonTokenType.StartObject ? Place.Members : throw Wrong("$");
                return true;
            case Place.Members when reader.TokenType == JsonTokenType.EndObject:
                _place = Place.After;
                return true;
            case Place.Members:
                return TakeMember(ref reader);
            case Place.Rows when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Members;
                return true;
            default:
                return TakeRow(ref reader);
        }
    }

    private bool TakeMember(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        var whole = reader;
        if (name == "subjects" ? !whole.Read() : !whole.TrySkip())
        {
            return false;
        }

        if (!_seen.Add(name))
        {
            throw new JsonException($"Duplicate property '{name}'.", $"$.{name}", null, null);
        }

        switch (name)
        {
            case "subjects" when whole.TokenType == JsonTokenType.StartArray:
                reader = whole;
                _place = Place.Rows;
                return true;
            case "purpose":
                _question = _question with { Purpose = Read<BatchQuestion>(ref reader, name).Purpose };
                return true;
            case "matter":
                _question = _question with { Matter = Read<BatchQuestion>(ref reader, name).Matter };
                return true;
            case "validAt":
                _question = _question with { ValidAt = Read<BatchQuestion>(ref reader, name).ValidAt };
                return true;
            case "subjects":
                throw Wrong("$.subjects");
            default:
                throw new JsonException($"The JSON property '{name}' could not be mapped to any .NET member.", $"$.{name}", null, null);
        }
    }

    // As a member of its object, so that a fault is told with the whole path.
    private T Read<T>(ref Utf8JsonReader reader, string name)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        using var text = new MemoryStream();
        using (var member = new Utf8JsonWriter(text))
        {
            member.WriteStartObject();
            member.WritePropertyName(name);
            value.WriteTo(member);
            member.WriteEndObject();
        }

        return JsonSerializer.Deserialize<T>(text.ToArray(), options)!;
    }

    private bool TakeRow(ref Utf8JsonReader reader)
    {
        var whole = reader;
        if (!whole.TrySkip())
        {
            return false;
        }

        try
        {
            rows.Add(Plain(reader) ?? JsonSerializer.Deserialize<CheckedSubject>(ref reader, options)!);
        }
        catch (JsonException fault)
        {
            rows.Add(fault);
        }

        reader = whole;
        return true;
    }

    // Nearly every row names an organisation by its code and says no more; whatever else it is, the serialiser says what is wrong with it.
    private static CheckedSubject? Plain(Utf8JsonReader row)
    {
        if (row.TokenType != JsonTokenType.StartObject
            || !Next(ref row, JsonTokenType.PropertyName) || !row.ValueTextEquals("kind"u8) || !Next(ref row, JsonTokenType.String) || !row.ValueTextEquals(OrganisationKind)
            || !Next(ref row, JsonTokenType.PropertyName) || !row.ValueTextEquals("code"u8) || !Next(ref row, JsonTokenType.String))
        {
            return null;
        }

        var code = row.GetString();
        return Next(ref row, JsonTokenType.EndObject) ? new(SubjectKind.LegalPerson, code) : null;
    }

    private static bool Next(ref Utf8JsonReader row, JsonTokenType type) => row.Read() && row.TokenType == type;

    private static JsonException Wrong(string path) => new("A member has the wrong type.", path, null, null);
}
