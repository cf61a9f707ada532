using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Credit.Core.Intake.Reading;

/// <summary>Finds the encoding of a text by reading it once: UTF-8 if every byte fits, else GB18030 if every byte fits.</summary>
internal static class TextSniffer
{
    private const int GB18030 = 54936;

    static TextSniffer() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding that every byte of the stream fits, or the code of the finding that refuses it.</summary>
    /// <param name="stream">Seekable; read to its end.</param>
    public static (Encoding? Encoding, string? Refusal) Find(Stream stream)
    {
        stream.Position = 0;
        var (utf8, nul) = Scan(stream);
        if (nul)
        {
            return (null, FileCodes.NulCharacter);
        }

        if (utf8)
        {
            return (new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), null);
        }

        var chinese = Encoding.GetEncoding(GB18030, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return Decodes(stream, chinese) ? (chinese, null) : (null, FileCodes.EncodingUnknown);
    }

    private static (bool Utf8, bool Nul) Scan(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            var utf8 = true;
            var kept = 0;
            while (stream.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
            {
                var bytes = buffer.AsSpan(0, kept + read);
                if (bytes.Contains((byte)0))
                {
                    return (false, true);
                }

                if (!utf8)
                {
                    continue;
                }

                // A character cut off by the end of the buffer is judged together with what follows.
                var whole = WholeCharacters(bytes);
                utf8 = Utf8.IsValid(bytes[..whole]);
                kept = utf8 ? bytes.Length - whole : 0;
                bytes[whole..].CopyTo(buffer);
            }

            return (utf8 && kept == 0, false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Length without a character that may go on behind the end.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var value = bytes[^back];
            if ((value & 0xC0) == 0x80)
            {
                continue;
            }

            var needed = value switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return needed > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    private static bool Decodes(Stream stream, Encoding encoding)
    {
        stream.Position = 0;
        var bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
        var chars = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(1 << 16));
        try
        {
            var decoder = encoding.GetDecoder();
            while (stream.Read(bytes, 0, 1 << 16) is > 0 and var read)
            {
                decoder.GetChars(bytes.AsSpan(0, read), chars, flush: false);
            }

            decoder.GetChars([], chars, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }
}
