using Npgsql;
using NpgsqlTypes;

namespace Credit.Core.Intake.Merging;

/// <summary>Nullable columns of a COPY.</summary>
internal static class CopyColumns
{
    public static void WriteText(this NpgsqlBinaryImporter row, string? value)
    {
        if (value is null)
        {
            row.WriteNull();
        }
        else
        {
            row.Write(value);
        }
    }

    public static void WriteJson(this NpgsqlBinaryImporter row, string? value)
    {
        if (value is null)
        {
            row.WriteNull();
        }
        else
        {
            row.Write(value, NpgsqlDbType.Jsonb);
        }
    }

    public static void WriteBytes(this NpgsqlBinaryImporter row, byte[]? value)
    {
        if (value is null)
        {
            row.WriteNull();
        }
        else
        {
            row.Write(value);
        }
    }

    public static void WriteDay(this NpgsqlBinaryImporter row, DateOnly? value)
    {
        if (value is { } day)
        {
            row.Write(day);
        }
        else
        {
            row.WriteNull();
        }
    }

    public static void WriteAmount(this NpgsqlBinaryImporter row, decimal? value)
    {
        if (value is { } amount)
        {
            row.Write(amount);
        }
        else
        {
            row.WriteNull();
        }
    }
}
