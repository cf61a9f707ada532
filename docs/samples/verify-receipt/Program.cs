using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

// Verifies what the platform signed, without the platform: verify-receipt KEYS FILE
//   KEYS  answer of GET /.well-known/credit-keys, fetched once and kept
//   FILE  answer of POST /api/checks, a receipt alone, the proof of a batch row, or the answer of GET /feeds/proof
// Ends with 0 when it is genuine, with 2 when it is not, with 3 when it cannot tell, with 4 when it is a genuine replay (knownAt), which counts
// for no decision.
if (args is not [var keysFile, var file])
{
    Console.Error.WriteLine("verify-receipt KEYS FILE");
    return 3;
}

try
{
    // Of a member that comes twice one reader would see the first and another the last.
    var once = new JsonDocumentOptions { AllowDuplicateProperties = false };
    var keys = JsonNode.Parse(File.ReadAllText(keysFile), documentOptions: once)!["keys"]!.AsArray();
    var document = JsonNode.Parse(File.ReadAllText(file), documentOptions: once)!.AsObject();
    Console.WriteLine($"GENUINE 真实有效: {Verification.Of(document, keys)}");
    if ((document["receipt"] as JsonObject ?? document)["knownAt"] is not { } position)
    {
        return 0;
    }

    Console.WriteLine($"历史重放 replay: counts for no decision 不作为决定前的查询 (position {position.ToJsonString()})");
    return 4;
}
catch (ForgedException forged)
{
    Console.WriteLine($"NOT GENUINE 无效: {forged.Message}");
    return 2;
}
catch (Exception fault)
{
    // Whatever is wrong with a file that others wrote, nothing was verified.
    Console.Error.WriteLine($"Cannot tell 无法核验: {fault.Message}");
    return 3;
}

internal sealed class ForgedException(string message) : Exception(message);

internal static class Verification
{
    private static readonly string[] VerdictMembers = ["department", "matter", "purpose", "restricted", "subjects", "validAt"];

    public static string Of(JsonObject file, JsonArray keys) => (string?)file["kind"] switch
    {
        // The first version had neither "knownAt" nor "group"; it is verified in the same way.
        "credit-check-receipt.v1" or "credit-check-receipt.v2" => Receipt(file, keys, "the receipt"),
        "credit-row-proof.v1" => Row(file, keys),
        "credit-publication-proof.v1" => Publication(file, keys),
        _ when file["receipt"] is JsonObject receipt => Answer(file, receipt, keys),
        var other => throw new NotSupportedException($"Neither an answer with a receipt nor a proof: {other}"),
    };

    private static string Answer(JsonObject answer, JsonObject receipt, JsonArray keys)
    {
        var verdict = new JsonObject(VerdictMembers.Where(answer.ContainsKey).Select(name => KeyValuePair.Create(name, answer[name]?.DeepClone())));
        Must((string?)receipt["digest"] == "SHA-256" ? Hex(SHA256.HashData(Canonical(verdict))) : throw new NotSupportedException("This sample knows SHA-256 only."),
            receipt["verdictHash"], "the answer is not the one the receipt was given for");
        foreach (var name in new[] { "number", "asOf", "position" })
        {
            Must(answer[name]!.ToJsonString(), receipt[name], $"{name} is not that of the receipt");
        }

        if (receipt["root"] is not null)
        {
            Batch(answer, receipt);
        }
        else if (answer["rows"] is not null)
        {
            throw new ForgedException("the receipt is not that of a batch");
        }

        return Receipt(receipt, keys, "the answer");
    }

    // The sums of a batch are not signed: they are what the rows say, and without the rows nobody can tell.
    private static void Batch(JsonObject answer, JsonObject receipt)
    {
        if (answer["rows"] is not JsonArray rows)
        {
            throw new NotSupportedException("Sums of a batch without its rows; verify the receipt alone, or the answer with its rows.");
        }

        Must($"{rows.Count}", receipt["subjects"], "the rows are not those of the batch");
        byte[][] hashes = [.. rows.Select(row => SHA256.HashData(Canonical(row!)))];
        Must(Tree([.. hashes.Select(Leaf)]), receipt["root"], "the rows are not those of the batch");
        var hits = rows.Sum(row => (row!["hits"] as JsonArray)?.Count ?? 0);
        var restricted = rows.Count(row => row!["restricted"]?.ToJsonString() == "true");
        foreach (var (name, told) in new (string, string)[]
        {
            ("rowCount", $"{rows.Count}"),
            ("faulty", $"{rows.Count(row => row!["errors"] is not null)}"),
            ("unknown", $"{rows.Count(row => row!["errors"] is null && row["subjectId"] is null)}"),
            ("restrictedRows", $"{restricted}"),
            ("hits", $"{hits}"),
            ("rowsHash", Hex(SHA256.HashData([.. hashes.SelectMany(hash => hash)]))),
            ("restricted", restricted > 0 ? "true" : "false"),
        })
        {
            Must(told, answer[name], $"{name} is not what the rows say");
        }

        Must(hits > 0 ? "true" : "false", receipt["found"], "found is not what the rows say");
    }

    private static string Row(JsonObject proof, JsonArray keys)
    {
        var receipt = proof["receipt"]!.AsObject();
        var leaf = Leaf(SHA256.HashData(Canonical(proof["row"]!)));
        Must(Root(leaf, proof, (long)receipt["subjects"]!), receipt["root"], "the row is not in the batch");
        Must(proof["row"]!["index"]!.ToJsonString(), proof["index"], "the row stands elsewhere in the batch");
        return Receipt(receipt, keys, $"row {proof["index"]} of the batch");
    }

    private static string Publication(JsonObject proof, JsonArray keys)
    {
        var (head, published) = (proof["head"]!.AsObject(), proof["published"]!.AsArray());
        foreach (var place in published)
        {
            var leaf = place!["leaf"]!;
            if ((long)place["index"]! != (long)leaf["position"]! - 1)
            {
                throw new ForgedException("a leaf stands elsewhere in the log");
            }

            Must(Root(Leaf(Canonical(leaf)), place.AsObject(), (long)head["size"]!), head["root"], "the announcement is not in the log");
        }

        var salted = SHA256.HashData([.. Convert.FromHexString((string)proof["salt"]!), .. Canonical(proof["content"]!)]);
        Must(Hex(salted), published[^1]!["leaf"]!["contentHash"], "the content is not the one in the log");
        return Signed(head, keys, $"the entry, in the log since position {published[0]!["leaf"]!["position"]}");
    }

    // Signed alone, or under the root over those that were kept together with it.
    private static string Receipt(JsonObject receipt, JsonArray keys, string what)
    {
        var content = receipt.DeepClone().AsObject();
        _ = content.Remove("group");
        if (receipt["group"] is not JsonObject group)
        {
            return Signed(content, keys, what);
        }

        var signature = content["signature"]!.DeepClone();
        _ = content.Remove("signature");
        return Signed(
            new JsonObject
            {
                ["kind"] = "credit-receipt-group.v1",
                ["root"] = Root(Leaf(Canonical(content)), group, (long)group["size"]!),
                ["size"] = group["size"]!.DeepClone(),
                ["keyId"] = receipt["keyId"]!.DeepClone(),
                ["algorithm"] = receipt["algorithm"]!.DeepClone(),
                ["signature"] = signature,
            },
            keys,
            what);
    }

    private static string Signed(JsonObject signed, JsonArray keys, string what)
    {
        var content = signed.DeepClone().AsObject();
        _ = content.Remove("signature");
        var key = keys.FirstOrDefault(each => (string?)each!["kid"] == (string?)signed["keyId"]) ?? throw new ForgedException("the platform has no such key");
        if ((string?)signed["algorithm"] != "ES256" || (string?)key["alg"] != "ES256")
        {
            throw new NotSupportedException("This sample knows ES256 only; verify.py beside it also knows SM2-SM3.");
        }

        using var known = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes(key["x"]), Y = Bytes(key["y"]) } });
        return known.VerifyData(Canonical(content), Bytes(signed["signature"]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? $"{what}, signed with {signed["keyId"]}"
            : throw new ForgedException("the signature does not fit");
    }

    // RFC 6962 §2.1.
    private static string Tree(byte[][] hashes)
    {
        while (hashes.Length > 1)
        {
            hashes = [.. hashes.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : SHA256.HashData([1, .. pair[0], .. pair[1]]))];
        }

        return Hex(hashes[0]);
    }

    // RFC 9162 §2.1.3.2.
    private static string Root(byte[] leaf, JsonObject proof, long size)
    {
        var (place, last, hash) = ((long)proof["index"]!, size - 1, leaf);
        if (place < 0 || place > last || (long)proof["size"]! != size)
        {
            throw new ForgedException("the proof is of another tree");
        }

        foreach (var sibling in proof["path"]!.AsArray().Select(each => Convert.FromHexString((string)each!)))
        {
            if (last == 0)
            {
                throw new ForgedException("the path is too long");
            }

            if ((place & 1) == 1 || place == last)
            {
                hash = SHA256.HashData([1, .. sibling, .. hash]);
                while ((place & 1) == 0 && place != 0)
                {
                    (place, last) = (place >> 1, last >> 1);
                }
            }
            else
            {
                hash = SHA256.HashData([1, .. hash, .. sibling]);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 ? Hex(hash) : throw new ForgedException("the path is too short");
    }

    private static byte[] Leaf(byte[] content) => SHA256.HashData([0, .. content]);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Bytes(JsonNode? text) => Base64Url.DecodeFromChars((string)text!);

    private static void Must(string found, JsonNode? stated, string otherwise)
    {
        if (found != (stated is JsonValue value && value.GetValueKind() == JsonValueKind.String && !found.StartsWith('"') ? (string)value! : stated?.ToJsonString()))
        {
            throw new ForgedException(otherwise);
        }
    }

    // RFC 8785, as far as the platform's documents need it: their numbers are whole.
    private static byte[] Canonical(JsonNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (i, field) in fields.OrderBy(field => field.Key, StringComparer.Ordinal).Index())
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(field.Key, text);
                    text.Append(':');
                    Write(field.Value, text);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var (i, item) in items.Index())
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(item, text);
                }

                text.Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Write((string)value!, text);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                text.Append(value.GetValue<long>());
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        text.Append('"');
    }
}
