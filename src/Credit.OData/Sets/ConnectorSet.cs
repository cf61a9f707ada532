using Credit.Abstractions;
using Credit.Core.Exchange;
using Credit.Core.Intake;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>The systems the platform is connected to: each department's own, the city platform and the national enterprise system.</summary>
public sealed record ConnectorRow
{
    /// <summary>Key of the department or partner.</summary>
    public string Key { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Inbound or Outbound.</summary>
    public string Direction { get; init; } = "";

    /// <summary>Instant of its last file, or of the partner's last receipt, UTC; null before.</summary>
    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>Files taken in, or messages received.</summary>
    public int Transfers { get; init; }

    /// <summary>Rows read, or steps confirmed.</summary>
    public int Rows { get; init; }

    /// <summary>Rows rejected, or messages parked.</summary>
    public int Errors { get; init; }

    /// <summary>Files refused as a whole.</summary>
    public int RefusedTransfers { get; init; }
}

/// <summary>The systems the platform is connected to: each department's own, the city platform and the national enterprise system.</summary>
internal sealed class ConnectorSet(OfficialDbContext db) : IEntitySet<ConnectorRow>
{
    public static string Name => "Connectors";

    public static Surface Surface => Surface.Official;

    public static string Summary => "The systems the platform is connected to: each department's own, the city platform and the national enterprise system.";

    public static void Shape(ISetShape<ConnectorRow> row) => row
        .Key(each => each.Key)
        .Filter(each => each.Name, each => each.Direction, each => each.LastSyncAt, each => each.Errors)
        .Sort(each => each.Key)
        .Page(size: 100, max: 1000);

    public IQueryable<ConnectorRow> Rows() =>
        Departments().Concat(Partners());

    // The city fetches and confirms, or is sent to: whichever came last counts.
    private IQueryable<ConnectorRow> Partners() =>
        db.Cursors
            .Where(cursor => cursor.Reaction == "exchange/city" || cursor.Reaction == "exchange/national")
            .Select(cursor => new ConnectorRow
            {
                Key = cursor.Reaction,
                Name = cursor.Reaction == "exchange/city" ? "市公共信用信息平台" : "国家企业信用信息公示系统(山东)",
                Direction = "Outbound",
                LastSyncAt = db.RegisterEntries
                    .Where(entry => entry.WireName == (cursor.Reaction == "exchange/city" ? "city-exchange.acknowledged.v1" : "national-exchange.acknowledged.v1"))
                    .Max(entry => (DateTimeOffset?)entry.RecordedAt),
                Transfers = db.RegisterEntries
                    .Count(entry => entry.WireName == (cursor.Reaction == "exchange/city" ? "city-exchange.acknowledged.v1" : "national-exchange.acknowledged.v1")),
                Rows = (int)cursor.Position,
                Errors = db.ExchangeMessages.Count(message => message.State == MessageState.Parked && cursor.Reaction == "exchange/city"),
                RefusedTransfers = 0,
            });

    private IQueryable<ConnectorRow> Departments() =>
        db.Departments.Select(department => new ConnectorRow
        {
            Key = department.Key,
            Name = department.Name,
            Direction = "Inbound",
            LastSyncAt = db.Batches.Where(batch => batch.Department == department.Key).Max(batch => (DateTimeOffset?)batch.ReceivedAt),
            Transfers = db.Batches.Count(batch => batch.Department == department.Key && batch.State == BatchState.Completed),
            Rows = db.Batches.Where(batch => batch.Department == department.Key).Sum(batch => batch.RowsRead),
            Errors = db.Batches.Where(batch => batch.Department == department.Key).Sum(batch => batch.Rejected),
            RefusedTransfers = db.Batches.Count(batch => batch.Department == department.Key && batch.State == BatchState.Refused),
        });
}
