using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Credit.Abstractions;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace Credit.OData;

/// <summary>The documents that say what a surface offers.</summary>
internal static class ModelDocuments
{
    public static Task WriteServiceAsync(HttpContext context, SetCatalog sets, Surface surface, SetRequest request)
    {
        RefuseOptions(request);
        var format = Negotiation.OfRows(context.Request, request, onlyJson: true);
        return Answers.SendAsync(context, StatusCodes.Status200OK, Answers.Json(format, json =>
        {
            json.WriteStartObject();
            if (format.Metadata != MetadataLevel.None)
            {
                json.WriteString(ControlLabels.For(format).Context, $"{new Asked(context.Request).Root}/$metadata");
            }

            json.WriteStartArray("value");
            foreach (var set in sets.Sets.Where(set => set.Surface == surface))
            {
                json.WriteStartObject();
                json.WriteString("name", set.Name);
                json.WriteString("kind", "EntitySet");
                json.WriteString("url", set.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    public static Task WriteModelAsync(HttpContext context, IEdmModel model, SetRequest request)
    {
        RefuseOptions(request);
        var isJson = Negotiation.OfMetadata(context.Request, request.Format);
        // CSDL in JSON came with 4.01: it is of that version, but for who says that 4.0 is all it reads.
        var version = isJson && context.Request.Headers["OData-MaxVersion"].Count == 0 ? "4.01" : Answers.VersionFor(context.Request);
        return Answers.SendAsync(
            context, StatusCodes.Status200OK,
            new($"application/{(isJson ? "json" : "xml")}; charset=utf-8", Documents.GetValue(model, Made.Of).Texts[(isJson, version)]) { Version = version });
    }

    // A model never changes, and anybody may ask for it.
    private static readonly ConditionalWeakTable<IEdmModel, Made> Documents = new();

    private sealed record Made(IReadOnlyDictionary<(bool IsJson, string Version), byte[]> Texts)
    {
        public static Made Of(IEdmModel model) => new(new[] { "4.0", "4.01" }
            .SelectMany(version => new[] { (IsJson: false, version, Text: CsdlDocument.Write(model, version)), (IsJson: true, version, Text: CsdlDocument.WriteJson(model, version)) })
            .ToDictionary(made => (made.IsJson, made.version), made => Encoding.UTF8.GetBytes(made.Text)));
    }

    private static void RefuseOptions(SetRequest request)
    {
        if (request.Given.FirstOrDefault(option => option != "$format") is { } misplaced)
        {
            throw QueryRefusedException.Invalid(misplaced);
        }
    }
}

/// <summary>The model of a surface as CSDL text: the same bytes for the same declarations.</summary>
internal static class CsdlDocument
{
    /// <param name="model">The model, which says nothing that 4.0 has no words for.</param>
    /// <param name="version">The version it is said to be of.</param>
    public static string Write(IEdmModel model, string version = "4.0")
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.ErrorMessage)));
            }
        }

        return text.Replace("<edmx:Edmx Version=\"4.0\"", $"<edmx:Edmx Version=\"{version}\"", 0, Math.Min(text.Length, 100)).Append('\n').ToString();
    }

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc cref="Write"/>
    public static string WriteJson(IEdmModel model, string version)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (!CsdlWriter.TryWriteCsdl(model, json, new CsdlJsonWriterSettings { IsIeee754Compatible = false }, out var errors))
            {
                throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.ErrorMessage)));
            }
        }

        // Unlike in the XML, a way leads somewhere unless it says that it need not.
        var document = JsonNode.Parse(buffer.WrittenSpan)!;
        document["$Version"] = version;
        foreach (var way in document["Credit"]!.AsObject().Select(type => type.Value).OfType<JsonObject>().SelectMany(type => type.Select(member => member.Value)).OfType<JsonObject>()
            .Where(member => member["$Kind"]?.ToString() == "NavigationProperty" && member["$Collection"] is null).ToList())
        {
            way["$Nullable"] = true;
        }

        return document.ToJsonString(Readable) + "\n";
    }
}
