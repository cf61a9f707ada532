using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Credit.Core.Store.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "core");

            migrationBuilder.CreateTable(
                name: "analysis_report",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    publisher = table.Column<string>(type: "text", nullable: false),
                    period_from = table.Column<DateOnly>(type: "date", nullable: false),
                    period_to = table.Column<DateOnly>(type: "date", nullable: false),
                    link = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    uploaded_by = table.Column<string>(type: "text", nullable: false),
                    uploaded_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_analysis_report", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_year",
                schema: "core",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    off = table.Column<DateOnly[]>(type: "date[]", nullable: false),
                    make_up = table.Column<DateOnly[]>(type: "date[]", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    uploaded_by = table.Column<string>(type: "text", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_year", x => new { x.year, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "catalogue_item",
                schema: "core",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    upstream_item = table.Column<string>(type: "text", nullable: false),
                    publish = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_item", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "catalogue_item_version",
                schema: "core",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_item_version", x => new { x.key, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "check_receipt",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    procedure = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    known_at = table.Column<long>(type: "bigint", nullable: true),
                    code = table.Column<string>(type: "text", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: true),
                    subject_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    lookups = table.Column<string[]>(type: "text[]", nullable: false),
                    hits = table.Column<int>(type: "integer", nullable: false),
                    restricted = table.Column<bool>(type: "boolean", nullable: false),
                    measure_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    verdict_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_check_receipt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "credit_alliance",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    members = table.Column<string[]>(type: "text[]", nullable: false),
                    shared_items = table.Column<string[]>(type: "text[]", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    mutual_recognition = table.Column<bool>(type: "boolean", nullable: false),
                    registered_by = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_alliance", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "deadline",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    started_on = table.Column<DateOnly>(type: "date", nullable: false),
                    working_days = table.Column<int>(type: "integer", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deadline", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "decided_matter",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    procedure = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_lookup = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: false),
                    reported_by = table.Column<string>(type: "text", nullable: false),
                    query_number = table.Column<string>(type: "text", nullable: true),
                    missed = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decided_matter", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "department",
                schema: "core",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    may_recognise = table.Column<bool>(type: "boolean", nullable: false),
                    lead_office = table.Column<bool>(type: "boolean", nullable: false),
                    outside_district = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "department_feature",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    feature = table.Column<string>(type: "text", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    document = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    set_by = table.Column<string>(type: "text", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_feature", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "department_workflow",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    accept_repair_days = table.Column<int>(type: "integer", nullable: true),
                    decide_repair_days = table.Column<int>(type: "integer", nullable: true),
                    decide_early_exit_days = table.Column<int>(type: "integer", nullable: true),
                    announce_exit_days = table.Column<int>(type: "integer", nullable: true),
                    set_by = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_workflow", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evaluation",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    evaluator = table.Column<string>(type: "text", nullable: true),
                    formula = table.Column<string>(type: "text", nullable: false),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    run_by = table.Column<string>(type: "text", nullable: false),
                    run_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    published_by = table.Column<string>(type: "text", nullable: true),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    government_report = table.Column<string>(type: "text", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exchange_message",
                schema: "core",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    lane = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failure = table.Column<string>(type: "text", nullable: true),
                    receipt = table.Column<string>(type: "text", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_message", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "gap_run",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    on_demand = table.Column<bool>(type: "boolean", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    found = table.Column<int>(type: "integer", nullable: false),
                    reopened = table.Column<int>(type: "integer", nullable: false),
                    closed = table.Column<int>(type: "integer", nullable: false),
                    standing = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gap_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_record",
                schema: "core",
                columns: table => new
                {
                    caller = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    headers = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_record", x => new { x.caller, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox_item",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    created_on = table.Column<DateOnly>(type: "date", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_item", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intake_batch",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    file_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    site_channel = table.Column<string>(type: "text", nullable: true),
                    site_page = table.Column<string>(type: "text", nullable: true),
                    site_on = table.Column<DateOnly>(type: "date", nullable: true),
                    submitted_by = table.Column<string>(type: "text", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    refused_because = table.Column<string>(type: "text", nullable: true),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    faults = table.Column<int>(type: "integer", nullable: false),
                    rows_read = table.Column<int>(type: "integer", nullable: false),
                    blank_rows = table.Column<int>(type: "integer", nullable: false),
                    accepted = table.Column<int>(type: "integer", nullable: false),
                    accepted_with_warning = table.Column<int>(type: "integer", nullable: false),
                    unchanged = table.Column<int>(type: "integer", nullable: false),
                    conflicts = table.Column<int>(type: "integer", nullable: false),
                    quarantined = table.Column<int>(type: "integer", nullable: false),
                    rejected = table.Column<int>(type: "integer", nullable: false),
                    late = table.Column<int>(type: "integer", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intake_batch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "intake_trace",
                schema: "core",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intake_trace", x => new { x.kind, x.key });
                });

            migrationBuilder.CreateTable(
                name: "lead",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    conduct = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: false),
                    statement = table.Column<string>(type: "text", nullable: false),
                    supplier = table.Column<string>(type: "text", nullable: false),
                    supplied_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    dismissal_reason = table.Column<string>(type: "text", nullable: true),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "licence",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_name = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    certificate_name = table.Column<string>(type: "text", nullable: true),
                    certificate_number = table.Column<string>(type: "text", nullable: true),
                    content = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_category = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    subject_mask = table.Column<string>(type: "text", nullable: true),
                    subject_lookup = table.Column<string>(type: "text", nullable: true),
                    subject_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    legal_representative = table.Column<string>(type: "text", nullable: true),
                    representative_lookup = table.Column<string>(type: "text", nullable: true),
                    representative_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    particulars = table.Column<string>(type: "jsonb", nullable: true),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    organ = table.Column<string>(type: "text", nullable: false),
                    organ_code = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_code = table.Column<string>(type: "text", nullable: false),
                    remark = table.Column<string>(type: "text", nullable: true),
                    natural_key = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    current = table.Column<bool>(type: "boolean", nullable: false),
                    catalogue_item = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    public_until = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "log_head",
                schema: "core",
                columns: table => new
                {
                    size = table.Column<long>(type: "bigint", nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    head = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_log_head", x => x.size);
                });

            migrationBuilder.CreateTable(
                name: "log_node",
                schema: "core",
                columns: table => new
                {
                    level = table.Column<short>(type: "smallint", nullable: false),
                    place = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_log_node", x => new { x.level, x.place });
                });

            migrationBuilder.CreateTable(
                name: "measure",
                schema: "core",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    memorandum_key = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<string>(type: "text", nullable: false),
                    wording = table.Column<string>(type: "text", nullable: false),
                    canonical = table.Column<string[]>(type: "text[]", nullable: false),
                    nature = table.Column<string>(type: "text", nullable: false),
                    obligation = table.Column<string>(type: "text", nullable: false),
                    printed_obligation = table.Column<string>(type: "text", nullable: true),
                    reaches = table.Column<string[]>(type: "text[]", nullable: false),
                    departments = table.Column<string[]>(type: "text[]", nullable: false),
                    legal_bases = table.Column<string>(type: "jsonb", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    basis_from = table.Column<string>(type: "text", nullable: false),
                    watch_applicable = table.Column<bool>(type: "boolean", nullable: false),
                    within_working_days = table.Column<int>(type: "integer", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    draft = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_measure", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "memorandum",
                schema: "core",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: true),
                    signers = table.Column<string>(type: "text", nullable: false),
                    lead = table.Column<string>(type: "text", nullable: false),
                    targets = table.Column<string>(type: "text", nullable: false),
                    feedback_cadence = table.Column<string>(type: "text", nullable: true),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    list = table.Column<string>(type: "text", nullable: false),
                    domains = table.Column<string[]>(type: "text[]", nullable: false),
                    module = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memorandum", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "memorandum_revision",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    signed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    level = table.Column<string>(type: "text", nullable: false),
                    signers = table.Column<string>(type: "text", nullable: false),
                    parties = table.Column<string[]>(type: "text[]", nullable: false),
                    lead = table.Column<string>(type: "text", nullable: false),
                    targets = table.Column<string>(type: "text", nullable: false),
                    feedback_cadence = table.Column<string>(type: "text", nullable: true),
                    list = table.Column<string>(type: "text", nullable: false),
                    domains = table.Column<string[]>(type: "text[]", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    effective_to = table.Column<DateOnly>(type: "date", nullable: true),
                    measures = table.Column<string>(type: "jsonb", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memorandum_revision", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "misconduct_report",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    conduct = table.Column<string>(type: "text", nullable: false),
                    statement = table.Column<string>(type: "text", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_misconduct_report", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "offer",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    programme = table.Column<string>(type: "text", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    provider_name = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    need = table.Column<string>(type: "text", nullable: false),
                    clean_years = table.Column<int>(type: "integer", nullable: true),
                    audience = table.Column<string>(type: "text", nullable: false),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "parked_change",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reaction = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: false),
                    parked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    replayed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parked_change", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    client_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<string[]>(type: "text[]", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    granted_on = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_partner", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "penalty",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    violation = table.Column<string>(type: "text", nullable: false),
                    facts = table.Column<string>(type: "text", nullable: false),
                    legal_basis = table.Column<string>(type: "text", nullable: false),
                    categories = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    fine_yuan = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    confiscated_yuan = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    licences_withheld = table.Column<string>(type: "text", nullable: true),
                    severity = table.Column<string>(type: "text", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_category = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    subject_mask = table.Column<string>(type: "text", nullable: true),
                    subject_lookup = table.Column<string>(type: "text", nullable: true),
                    subject_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    legal_representative = table.Column<string>(type: "text", nullable: true),
                    representative_lookup = table.Column<string>(type: "text", nullable: true),
                    representative_sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    particulars = table.Column<string>(type: "jsonb", nullable: true),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: false),
                    organ = table.Column<string>(type: "text", nullable: false),
                    organ_code = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    source_code = table.Column<string>(type: "text", nullable: false),
                    remark = table.Column<string>(type: "text", nullable: true),
                    natural_key = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    current = table.Column<bool>(type: "boolean", nullable: false),
                    catalogue_item = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    public_until = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_penalty", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "progress_report",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_no = table.Column<int>(type: "integer", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    figures = table.Column<string>(type: "text", nullable: false),
                    cases = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    reported_by = table.Column<string>(type: "text", nullable: false),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: false),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_progress_report", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "progress_term",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_no = table.Column<int>(type: "integer", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_progress_term", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "published_content",
                schema: "core",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_content", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "query_trace",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_query_trace", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reaction_cursor",
                schema: "core",
                columns: table => new
                {
                    reaction = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reaction_cursor", x => x.reaction);
                });

            migrationBuilder.CreateTable(
                name: "recognition_standard",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    approval = table.Column<string>(type: "text", nullable: true),
                    list = table.Column<string>(type: "text", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: true),
                    edition = table.Column<int>(type: "integer", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: true),
                    longest_term_in_months = table.Column<int>(type: "integer", nullable: true),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recognition_standard", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "register_entry",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    wire_name = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    changes = table.Column<string>(type: "jsonb", nullable: false),
                    before_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    after_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    clause = table.Column<string>(type: "text", nullable: false),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rule_amendment",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    pack = table.Column<string>(type: "text", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_amendment", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "signing_key",
                schema: "core",
                columns: table => new
                {
                    key_id = table.Column<string>(type: "text", nullable: false),
                    algorithm = table.Column<string>(type: "text", nullable: false),
                    x = table.Column<byte[]>(type: "bytea", nullable: false),
                    y = table.Column<byte[]>(type: "bytea", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_key", x => x.key_id);
                });

            migrationBuilder.CreateTable(
                name: "subject",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    mask = table.Column<string>(type: "text", nullable: true),
                    lei = table.Column<string>(type: "text", nullable: true),
                    legal_representative = table.Column<string>(type: "text", nullable: true),
                    registrar = table.Column<string>(type: "text", nullable: true),
                    area = table.Column<string>(type: "text", nullable: true),
                    town = table.Column<string>(type: "text", nullable: true),
                    industry = table.Column<string>(type: "text", nullable: true),
                    established_on = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    code_standing = table.Column<string>(type: "text", nullable: false),
                    claimed_code = table.Column<string>(type: "text", nullable: true),
                    former_names = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subject", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "task_assignment",
                schema: "core",
                columns: table => new
                {
                    no = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    responsible = table.Column<string>(type: "text", nullable: false),
                    leads = table.Column<string[]>(type: "text[]", nullable: false),
                    members = table.Column<string[]>(type: "text[]", nullable: false),
                    everyone = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task_assignment", x => x.no);
                });

            migrationBuilder.CreateTable(
                name: "trigger_request",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    asked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trigger_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "upstream_match",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<string>(type: "text", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    item_number = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upstream_match", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "check_batch",
                schema: "core",
                columns: table => new
                {
                    receipt_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row_hashes = table.Column<byte[]>(type: "bytea", nullable: false),
                    answer = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_check_batch", x => x.receipt_id);
                    table.ForeignKey(
                        name: "fk_check_batch_check_receipts_receipt_id",
                        column: x => x.receipt_id,
                        principalSchema: "core",
                        principalTable: "check_receipt",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "alliance_grade",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    theirs = table.Column<string>(type: "text", nullable: false),
                    ours = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    to = table.Column<DateOnly>(type: "date", nullable: true),
                    alliance_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alliance_grade", x => x.id);
                    table.ForeignKey(
                        name: "fk_alliance_grade_credit_alliance_alliance_id",
                        column: x => x.alliance_id,
                        principalSchema: "core",
                        principalTable: "credit_alliance",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "workflow_steps",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    legal_review = table.Column<string>(type: "text", nullable: false),
                    accept_objection_by = table.Column<string>(type: "text", nullable: true),
                    announce_exit_by = table.Column<string>(type: "text", nullable: true),
                    set_by = table.Column<string>(type: "text", nullable: false),
                    set_on = table.Column<DateOnly>(type: "date", nullable: false),
                    workflow_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_workflow_steps_department_workflow_workflow_id",
                        column: x => x.workflow_id,
                        principalSchema: "core",
                        principalTable: "department_workflow",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "department_rectification",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    evaluation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    notified_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    statement = table.Column<string>(type: "text", nullable: true),
                    submitted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    was_overdue = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_rectification", x => x.id);
                    table.ForeignKey(
                        name: "fk_department_rectification_evaluations_evaluation_id",
                        column: x => x.evaluation_id,
                        principalSchema: "core",
                        principalTable: "evaluation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "evaluation_score",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    score = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    poor = table.Column<bool>(type: "boolean", nullable: false),
                    figures = table.Column<string>(type: "text", nullable: false),
                    evaluation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluation_score", x => x.id);
                    table.ForeignKey(
                        name: "fk_evaluation_score_evaluation_evaluation_id",
                        column: x => x.evaluation_id,
                        principalSchema: "core",
                        principalTable: "evaluation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "intake_file",
                schema: "core",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intake_file", x => new { x.batch_id, x.part });
                    table.ForeignKey(
                        name: "fk_intake_file_intake_batch_batch_id",
                        column: x => x.batch_id,
                        principalSchema: "core",
                        principalTable: "intake_batch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "intake_row",
                schema: "core",
                columns: table => new
                {
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    issues = table.Column<string>(type: "jsonb", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: true),
                    related_row = table.Column<int>(type: "integer", nullable: true),
                    related_batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    on_time = table.Column<bool>(type: "boolean", nullable: true),
                    cells = table.Column<byte[]>(type: "bytea", nullable: true),
                    resolution = table.Column<string>(type: "text", nullable: true),
                    resolved_by = table.Column<string>(type: "text", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intake_row", x => new { x.batch_id, x.row });
                    table.ForeignKey(
                        name: "fk_intake_row_intake_batch_batch_id",
                        column: x => x.batch_id,
                        principalSchema: "core",
                        principalTable: "intake_batch",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "misconduct_answer",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_misconduct_answer", x => x.id);
                    table.ForeignKey(
                        name: "fk_misconduct_answer_misconduct_report_report_id",
                        column: x => x.report_id,
                        principalSchema: "core",
                        principalTable: "misconduct_report",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "report_receipt",
                schema: "core",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report_receipt", x => x.hash);
                    table.ForeignKey(
                        name: "fk_report_receipt_misconduct_report_report_id",
                        column: x => x.report_id,
                        principalSchema: "core",
                        principalTable: "misconduct_report",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "register_position",
                schema: "core",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_register_position", x => x.position);
                    table.ForeignKey(
                        name: "fk_register_position_register_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "register_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "association_member",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    association = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    applied_on = table.Column<DateOnly>(type: "date", nullable: false),
                    admitted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_association_member", x => x.id);
                    table.ForeignKey(
                        name: "fk_association_member_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "authorisation",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    items = table.Column<string[]>(type: "text[]", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    given_on = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authorisation", x => x.id);
                    table.ForeignKey(
                        name: "fk_authorisation_partners_partner_id",
                        column: x => x.partner_id,
                        principalSchema: "core",
                        principalTable: "partner",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_authorisation_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bid_bonus",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    tender = table.Column<string>(type: "text", nullable: false),
                    tender_clause = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    most_points = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    given_by = table.Column<string>(type: "text", nullable: false),
                    given_on = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bid_bonus", x => x.id);
                    table.ForeignKey(
                        name: "fk_bid_bonus_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "commitment",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: false),
                    by_subject = table.Column<bool>(type: "boolean", nullable: false),
                    made_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    finding = table.Column<string>(type: "text", nullable: true),
                    found_on = table.Column<DateOnly>(type: "date", nullable: true),
                    found_by = table.Column<string>(type: "text", nullable: true),
                    public_until = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commitment", x => x.id);
                    table.ForeignKey(
                        name: "fk_commitment_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credit_record",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    negative = table.Column<bool>(type: "boolean", nullable: false),
                    catalogue_item = table.Column<string>(type: "text", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: false),
                    source_system = table.Column<string>(type: "text", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    document_number = table.Column<string>(type: "text", nullable: true),
                    text = table.Column<string>(type: "text", nullable: false),
                    formed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    late = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    annulled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    annul_reason = table.Column<string>(type: "text", nullable: true),
                    sanction = table.Column<string>(type: "text", nullable: true),
                    public_until = table.Column<DateOnly>(type: "date", nullable: true),
                    public_asked_until = table.Column<DateOnly>(type: "date", nullable: true),
                    published_by = table.Column<string>(type: "text", nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    replaces_id = table.Column<Guid>(type: "uuid", nullable: true),
                    anonymised_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_record", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_record_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credit_report",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    requester = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_for = table.Column<string>(type: "text", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    authorisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    as_of = table.Column<DateOnly>(type: "date", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_report", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_report_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "exemplar",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    recommended_by = table.Column<string>(type: "text", nullable: false),
                    nominator = table.Column<string>(type: "text", nullable: false),
                    nominated_by = table.Column<string>(type: "text", nullable: false),
                    nominated_on = table.Column<DateOnly>(type: "date", nullable: false),
                    deeds = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    publish_due = table.Column<DateOnly>(type: "date", nullable: true),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    published_late = table.Column<bool>(type: "boolean", nullable: false),
                    channels = table.Column<string[]>(type: "text[]", nullable: false),
                    revoked_for = table.Column<string>(type: "text", nullable: true),
                    revoked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exemplar", x => x.id);
                    table.ForeignKey(
                        name: "fk_exemplar_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "list_entry",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    own_term_to = table.Column<DateOnly>(type: "date", nullable: true),
                    waits_until = table.Column<DateOnly>(type: "date", nullable: true),
                    list = table.Column<string>(type: "text", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    subject_mask = table.Column<string>(type: "text", nullable: true),
                    legal_representative = table.Column<string>(type: "text", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: false),
                    standard = table.Column<string>(type: "text", nullable: false),
                    standard_level = table.Column<string>(type: "text", nullable: false),
                    standard_approval = table.Column<string>(type: "text", nullable: true),
                    standard_from = table.Column<DateOnly>(type: "date", nullable: true),
                    criterion = table.Column<string>(type: "text", nullable: true),
                    recogniser = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    act_on = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    noticed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    defence_until = table.Column<DateOnly>(type: "date", nullable: true),
                    notice_exemption = table.Column<string>(type: "text", nullable: true),
                    recognised_by = table.Column<string>(type: "text", nullable: true),
                    recognised_on = table.Column<DateOnly>(type: "date", nullable: true),
                    report_due = table.Column<DateOnly>(type: "date", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reported_late = table.Column<bool>(type: "boolean", nullable: false),
                    publishable = table.Column<bool>(type: "boolean", nullable: false),
                    unpublishable_reason = table.Column<string>(type: "text", nullable: true),
                    chosen_for_publication = table.Column<bool>(type: "boolean", nullable: false),
                    reviewed_by = table.Column<string>(type: "text", nullable: true),
                    closed_notice_to = table.Column<string>(type: "text", nullable: true),
                    punish_months = table.Column<int>(type: "integer", nullable: true),
                    earliest_exit_months = table.Column<int>(type: "integer", nullable: true),
                    repairable = table.Column<bool>(type: "boolean", nullable: false),
                    repair_modes = table.Column<string>(type: "text", nullable: true),
                    repair_months = table.Column<int>(type: "integer", nullable: true),
                    able_but_refuses = table.Column<bool>(type: "boolean", nullable: false),
                    watch_reason = table.Column<string>(type: "text", nullable: true),
                    minor_offences = table.Column<int>(type: "integer", nullable: true),
                    watch_months_after_exit = table.Column<int>(type: "integer", nullable: true),
                    exited_on = table.Column<DateOnly>(type: "date", nullable: true),
                    exit_reason = table.Column<string>(type: "text", nullable: true),
                    exit_announced_on = table.Column<DateOnly>(type: "date", nullable: true),
                    predecessor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    anonymised_on = table.Column<DateOnly>(type: "date", nullable: true),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: true),
                    repair_from = table.Column<DateOnly>(type: "date", nullable: true),
                    repair_until = table.Column<DateOnly>(type: "date", nullable: true),
                    publication_ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    sharing_ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    use_ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_list_entry", x => x.id);
                    table.ForeignKey(
                        name: "fk_list_entry_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: false),
                    issuer = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    delivered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    delivered_by = table.Column<string>(type: "text", nullable: true),
                    delivery_evidence = table.Column<string>(type: "text", nullable: false),
                    reply = table.Column<string>(type: "text", nullable: true),
                    replied_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => x.id);
                    table.ForeignKey(
                        name: "fk_notice_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "offer_authorisation",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    with_outcome = table.Column<bool>(type: "boolean", nullable: false),
                    granted_on = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    revoked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_authorisation", x => x.id);
                    table.ForeignKey(
                        name: "fk_offer_authorisation_offers_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "core",
                        principalTable: "offer",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_offer_authorisation_subjects_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "officeholder",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "text", nullable: false),
                    person_mask = table.Column<string>(type: "text", nullable: true),
                    office = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    recorded_by = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    recorded_by_officer = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_officeholder", x => x.id);
                    table.ForeignKey(
                        name: "fk_officeholder_subjects_organisation_id",
                        column: x => x.organisation_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_officeholder_subjects_person_id",
                        column: x => x.person_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "profession_tag",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    profession = table.Column<string>(type: "text", nullable: false),
                    set_by = table.Column<string>(type: "text", nullable: false),
                    set_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_profession_tag", x => x.id);
                    table.ForeignKey(
                        name: "fk_profession_tag_subjects_person_id",
                        column: x => x.person_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "subject_identifier",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    scheme = table.Column<string>(type: "text", nullable: false),
                    lookup = table.Column<string>(type: "text", nullable: false),
                    cipher = table.Column<byte[]>(type: "bytea", nullable: true),
                    mask = table.Column<string>(type: "text", nullable: true),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subject_identifier", x => x.id);
                    table.ForeignKey(
                        name: "fk_subject_identifier_subject_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "supervision_rating",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    @class = table.Column<string>(name: "class", type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    set_by = table.Column<string>(type: "text", nullable: false),
                    set_on = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supervision_rating", x => x.id);
                    table.ForeignKey(
                        name: "fk_supervision_rating_subject_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "warning_entry",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_kind = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: true),
                    subject_mask = table.Column<string>(type: "text", nullable: true),
                    begun_on = table.Column<DateOnly>(type: "date", nullable: false),
                    domains = table.Column<string[]>(type: "text[]", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    public_domains = table.Column<string[]>(type: "text[]", nullable: false),
                    public_from = table.Column<DateOnly>(type: "date", nullable: true),
                    public_last_day = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warning_entry", x => x.id);
                    table.ForeignKey(
                        name: "fk_warning_entry_subject_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tolerant_acceptance",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    matter = table.Column<string>(type: "text", nullable: false),
                    commitment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    accepted_by = table.Column<string>(type: "text", nullable: false),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tolerant_acceptance", x => x.id);
                    table.ForeignKey(
                        name: "fk_tolerant_acceptance_commitment_commitment_id",
                        column: x => x.commitment_id,
                        principalSchema: "core",
                        principalTable: "commitment",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tolerant_acceptance_subject_subject_id",
                        column: x => x.subject_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "accountability_item",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_name = table.Column<string>(type: "text", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    recogniser = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "text", nullable: false),
                    person_mask = table.Column<string>(type: "text", nullable: true),
                    responsibility = table.Column<string>(type: "text", nullable: false),
                    named_for = table.Column<string>(type: "text", nullable: true),
                    act_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    held_from = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accountability_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_accountability_item_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_accountability_item_subjects_person_id",
                        column: x => x.person_id,
                        principalSchema: "core",
                        principalTable: "subject",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "channel_duty",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    owed_from = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    confirmed_by = table.Column<string>(type: "text", nullable: true),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_duty", x => x.id);
                    table.ForeignKey(
                        name: "fk_channel_duty_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credit_case",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    memorandum = table.Column<string>(type: "text", nullable: false),
                    measures = table.Column<string[]>(type: "text[]", nullable: false),
                    effect = table.Column<string>(type: "text", nullable: false),
                    typical = table.Column<bool>(type: "boolean", nullable: false),
                    collected_by = table.Column<string>(type: "text", nullable: false),
                    collected_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_case", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_case_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credit_gap",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    about_key = table.Column<Guid>(type: "uuid", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    bound = table.Column<bool>(type: "boolean", nullable: false),
                    chinese = table.Column<string>(type: "text", nullable: false),
                    english = table.Column<string>(type: "text", nullable: false),
                    found_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    explanation = table.Column<string>(type: "text", nullable: true),
                    explained_on = table.Column<DateOnly>(type: "date", nullable: true),
                    explained_by = table.Column<string>(type: "text", nullable: true),
                    proved_by = table.Column<string>(type: "text", nullable: true),
                    closure = table.Column<string>(type: "text", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_gap", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_gap_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cross_region_request",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    direction = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    region = table.Column<string>(type: "text", nullable: false),
                    region_name = table.Column<string>(type: "text", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: true),
                    exemplar_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    measures = table.Column<string>(type: "text", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    sent_by = table.Column<string>(type: "text", nullable: false),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    answered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cross_region_request", x => x.id);
                    table.ForeignKey(
                        name: "fk_cross_region_request_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_cross_region_request_exemplars_exemplar_id",
                        column: x => x.exemplar_id,
                        principalSchema: "core",
                        principalTable: "exemplar",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "exposure_item",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    facts = table.Column<string>(type: "text", nullable: false),
                    proposed_by = table.Column<string>(type: "text", nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exposure_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_exposure_item_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "legal_review",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    reviewer = table.Column<string>(type: "text", nullable: false),
                    agrees = table.Column<bool>(type: "boolean", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    reviewed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legal_review", x => x.id);
                    table.ForeignKey(
                        name: "fk_legal_review_entries_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "list_entry_basis",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    document_number = table.Column<string>(type: "text", nullable: false),
                    penalty_id = table.Column<Guid>(type: "uuid", nullable: true),
                    record_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_list_entry_basis", x => x.id);
                    table.ForeignKey(
                        name: "fk_list_entry_basis_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "measure_task",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_name = table.Column<string>(type: "text", nullable: false),
                    subject_code = table.Column<string>(type: "text", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    memorandum = table.Column<string>(type: "text", nullable: false),
                    memorandum_version = table.Column<int>(type: "integer", nullable: false),
                    measure_key = table.Column<string>(type: "text", nullable: false),
                    wording = table.Column<string>(type: "text", nullable: false),
                    canonical = table.Column<string[]>(type: "text[]", nullable: false),
                    obligation = table.Column<string>(type: "text", nullable: false),
                    basis_from = table.Column<string>(type: "text", nullable: false),
                    legal_bases = table.Column<string>(type: "jsonb", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    execution = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    reason_basis = table.Column<string>(type: "text", nullable: true),
                    fed_back_on = table.Column<DateOnly>(type: "date", nullable: true),
                    stop_due = table.Column<DateOnly>(type: "date", nullable: true),
                    stopped_on = table.Column<DateOnly>(type: "date", nullable: true),
                    stop_note = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_measure_task", x => x.id);
                    table.ForeignKey(
                        name: "fk_measure_task_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "publication",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    published_on = table.Column<DateOnly>(type: "date", nullable: false),
                    exit_announced_on = table.Column<DateOnly>(type: "date", nullable: true),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publication", x => x.id);
                    table.ForeignKey(
                        name: "fk_publication_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rectification",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recogniser = table.Column<string>(type: "text", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    requirement = table.Column<string>(type: "text", nullable: false),
                    required_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    report = table.Column<string>(type: "text", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: true),
                    submitted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    interview = table.Column<string>(type: "text", nullable: true),
                    interview_due = table.Column<DateOnly>(type: "date", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    held_on = table.Column<DateOnly>(type: "date", nullable: true),
                    minutes = table.Column<string>(type: "text", nullable: true),
                    recorded_by = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rectification", x => x.id);
                    table.ForeignKey(
                        name: "fk_rectification_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "repair",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "text", nullable: false),
                    policy_pack = table.Column<string>(type: "text", nullable: false),
                    applied_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    due = table.Column<DateOnly>(type: "date", nullable: true),
                    accepted_by = table.Column<string>(type: "text", nullable: true),
                    finding = table.Column<string>(type: "text", nullable: true),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    performance = table.Column<string>(type: "text", nullable: true),
                    performance_evidence = table.Column<string>(type: "text", nullable: true),
                    exit_decided_by = table.Column<string>(type: "text", nullable: true),
                    exit_decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repair", x => x.id);
                    table.ForeignKey(
                        name: "fk_repair_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reparation",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recogniser = table.Column<string>(type: "text", nullable: false),
                    ordered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    statement = table.Column<string>(type: "text", nullable: true),
                    stated_by = table.Column<string>(type: "text", nullable: true),
                    approved_by = table.Column<string>(type: "text", nullable: true),
                    stated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    done_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reparation", x => x.id);
                    table.ForeignKey(
                        name: "fk_reparation_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "review_ticket",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    matter = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    case_number = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    requested_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: true),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_ticket", x => x.id);
                    table.ForeignKey(
                        name: "fk_review_ticket_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "offer_outcome",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    authorisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    granted = table.Column<bool>(type: "boolean", nullable: false),
                    amount_yuan = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    rate_percent = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offer_outcome", x => x.id);
                    table.ForeignKey(
                        name: "fk_offer_outcome_offer_authorisation_authorisation_id",
                        column: x => x.authorisation_id,
                        principalSchema: "core",
                        principalTable: "offer_authorisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_offer_outcome_offer_offer_id",
                        column: x => x.offer_id,
                        principalSchema: "core",
                        principalTable: "offer",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "required_paper",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    required_by = table.Column<string>(type: "text", nullable: true),
                    missing = table.Column<bool>(type: "boolean", nullable: false),
                    supplied_on = table.Column<DateOnly>(type: "date", nullable: true),
                    acceptance_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_required_paper", x => x.id);
                    table.ForeignKey(
                        name: "fk_required_paper_tolerant_acceptance_acceptance_id",
                        column: x => x.acceptance_id,
                        principalSchema: "core",
                        principalTable: "tolerant_acceptance",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "feedback",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    measure_key = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    handle_type = table.Column<int>(type: "integer", nullable: false),
                    @operator = table.Column<string>(name: "operator", type: "text", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback", x => x.id);
                    table.ForeignKey(
                        name: "fk_feedback_tasks_task_id",
                        column: x => x.task_id,
                        principalSchema: "core",
                        principalTable: "measure_task",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "objection",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handler = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    before_recognition = table.Column<bool>(type: "boolean", nullable: false),
                    grounds = table.Column<string>(type: "text", nullable: false),
                    filed_by = table.Column<string>(type: "text", nullable: false),
                    filed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    accept_due = table.Column<DateOnly>(type: "date", nullable: false),
                    decide_due = table.Column<DateOnly>(type: "date", nullable: true),
                    extended = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    finding = table.Column<string>(type: "text", nullable: true),
                    concluded_by = table.Column<string>(type: "text", nullable: true),
                    concluded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    answer_to_reporter = table.Column<string>(type: "text", nullable: true),
                    answer_to_subject = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_objection", x => x.id);
                    table.ForeignKey(
                        name: "fk_objection_list_entry_entry_id",
                        column: x => x.entry_id,
                        principalSchema: "core",
                        principalTable: "list_entry",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_objection_measure_task_task_id",
                        column: x => x.task_id,
                        principalSchema: "core",
                        principalTable: "measure_task",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recovery",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    task_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    benefit = table.Column<string>(type: "text", nullable: false),
                    ordered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    result = table.Column<string>(type: "text", nullable: true),
                    reported_by = table.Column<string>(type: "text", nullable: true),
                    reported_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_measure_task_task_id",
                        column: x => x.task_id,
                        principalSchema: "core",
                        principalTable: "measure_task",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "repair_step",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    done_on = table.Column<DateOnly>(type: "date", nullable: false),
                    repair_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repair_step", x => x.id);
                    table.ForeignKey(
                        name: "fk_repair_step_repair_repair_id",
                        column: x => x.repair_id,
                        principalSchema: "core",
                        principalTable: "repair",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reparation_channel",
                schema: "core",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    corrected_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reparation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reparation_channel", x => x.id);
                    table.ForeignKey(
                        name: "fk_reparation_channel_reparation_reparation_id",
                        column: x => x.reparation_id,
                        principalSchema: "core",
                        principalTable: "reparation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_accountability_item_entry_id_person_id",
                schema: "core",
                table: "accountability_item",
                columns: new[] { "entry_id", "person_id" },
                unique: true,
                filter: "state <> 'Deleted' and person_name <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_accountability_item_person_id",
                schema: "core",
                table: "accountability_item",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_accountability_item_recogniser",
                schema: "core",
                table: "accountability_item",
                column: "recogniser");

            migrationBuilder.CreateIndex(
                name: "ix_alliance_grade_alliance_id",
                schema: "core",
                table: "alliance_grade",
                column: "alliance_id");

            migrationBuilder.CreateIndex(
                name: "ix_association_member_association_subject_id",
                schema: "core",
                table: "association_member",
                columns: new[] { "association", "subject_id" },
                unique: true,
                filter: "state in ('Applicant', 'Member')");

            migrationBuilder.CreateIndex(
                name: "ix_association_member_subject_id",
                schema: "core",
                table: "association_member",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_authorisation_partner_id",
                schema: "core",
                table: "authorisation",
                column: "partner_id");

            migrationBuilder.CreateIndex(
                name: "ix_authorisation_subject_id_partner_id",
                schema: "core",
                table: "authorisation",
                columns: new[] { "subject_id", "partner_id" });

            migrationBuilder.CreateIndex(
                name: "ix_bid_bonus_department_tender_subject_id",
                schema: "core",
                table: "bid_bonus",
                columns: new[] { "department", "tender", "subject_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bid_bonus_subject_id",
                schema: "core",
                table: "bid_bonus",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_channel_duty_department_state_due",
                schema: "core",
                table: "channel_duty",
                columns: new[] { "department", "state", "due" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_duty_entry_id_channel",
                schema: "core",
                table: "channel_duty",
                columns: new[] { "entry_id", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_check_receipt_code",
                schema: "core",
                table: "check_receipt",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_check_receipt_department_asked_at",
                schema: "core",
                table: "check_receipt",
                columns: new[] { "department", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_check_receipt_number",
                schema: "core",
                table: "check_receipt",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commitment_department_state",
                schema: "core",
                table: "commitment",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_commitment_subject_id_kind",
                schema: "core",
                table: "commitment",
                columns: new[] { "subject_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_credit_alliance_name",
                schema: "core",
                table: "credit_alliance",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_case_entry_id",
                schema: "core",
                table: "credit_case",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_gap_department_state",
                schema: "core",
                table: "credit_gap",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_credit_gap_entry_id",
                schema: "core",
                table: "credit_gap",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_gap_kind_about_key_entry_id",
                schema: "core",
                table: "credit_gap",
                columns: new[] { "kind", "about_key", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_gap_on",
                schema: "core",
                table: "credit_gap",
                column: "on");

            migrationBuilder.CreateIndex(
                name: "ix_credit_record_annulled_on",
                schema: "core",
                table: "credit_record",
                column: "annulled_on",
                filter: "annulled_on is not null and anonymised_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_credit_record_provider_document_number",
                schema: "core",
                table: "credit_record",
                columns: new[] { "provider", "document_number" },
                unique: true,
                filter: "document_number is not null and state = 'Current'");

            migrationBuilder.CreateIndex(
                name: "ix_credit_record_source_id_kind",
                schema: "core",
                table: "credit_record",
                columns: new[] { "source_id", "kind" },
                unique: true,
                filter: "source_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_credit_record_subject_id_formed_on",
                schema: "core",
                table: "credit_record",
                columns: new[] { "subject_id", "formed_on" });

            migrationBuilder.CreateIndex(
                name: "ix_credit_report_number",
                schema: "core",
                table: "credit_report",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_report_subject_id",
                schema: "core",
                table: "credit_report",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_cross_region_request_department_state",
                schema: "core",
                table: "cross_region_request",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_cross_region_request_entry_id",
                schema: "core",
                table: "cross_region_request",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_cross_region_request_exemplar_id",
                schema: "core",
                table: "cross_region_request",
                column: "exemplar_id");

            migrationBuilder.CreateIndex(
                name: "ix_cross_region_request_region_reference",
                schema: "core",
                table: "cross_region_request",
                columns: new[] { "region", "reference" },
                unique: true,
                filter: "reference is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deadline_aggregate_id_kind_due_on",
                schema: "core",
                table: "deadline",
                columns: new[] { "aggregate_id", "kind", "due_on" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deadline_due_on",
                schema: "core",
                table: "deadline",
                column: "due_on",
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_decided_matter_department_decided_on",
                schema: "core",
                table: "decided_matter",
                columns: new[] { "department", "decided_on" });

            migrationBuilder.CreateIndex(
                name: "ix_decided_matter_department_kind_reference_subject_lookup",
                schema: "core",
                table: "decided_matter",
                columns: new[] { "department", "kind", "reference", "subject_lookup" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_department_feature_department_feature",
                schema: "core",
                table: "department_feature",
                columns: new[] { "department", "feature" });

            migrationBuilder.CreateIndex(
                name: "ix_department_rectification_evaluation_id_department",
                schema: "core",
                table: "department_rectification",
                columns: new[] { "evaluation_id", "department" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_department_workflow_department",
                schema: "core",
                table: "department_workflow",
                column: "department",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluation_score_evaluation_id",
                schema: "core",
                table: "evaluation_score",
                column: "evaluation_id");

            migrationBuilder.CreateIndex(
                name: "ix_exchange_message_lane_position",
                schema: "core",
                table: "exchange_message",
                columns: new[] { "lane", "position" },
                filter: "state <> 'Received'");

            migrationBuilder.CreateIndex(
                name: "ix_exemplar_subject_id",
                schema: "core",
                table: "exemplar",
                column: "subject_id",
                unique: true,
                filter: "state in ('Nominated', 'Approved', 'Published')");

            migrationBuilder.CreateIndex(
                name: "ix_exposure_item_entry_id",
                schema: "core",
                table: "exposure_item",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_kind",
                schema: "core",
                table: "feedback",
                column: "kind");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_task_id",
                schema: "core",
                table: "feedback",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_gap_run_day",
                schema: "core",
                table: "gap_run",
                column: "day",
                unique: true,
                filter: "not on_demand");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_record_created_at",
                schema: "core",
                table: "idempotency_record",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_item_department_kind_aggregate_id",
                schema: "core",
                table: "inbox_item",
                columns: new[] { "department", "kind", "aggregate_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_intake_batch_state",
                schema: "core",
                table: "intake_batch",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "intake_row_open",
                schema: "core",
                table: "intake_row",
                column: "batch_id",
                filter: "verdict in ('Conflict', 'Quarantined') and resolution is null");

            migrationBuilder.CreateIndex(
                name: "ix_intake_trace_record_id",
                schema: "core",
                table: "intake_trace",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_department_state",
                schema: "core",
                table: "lead",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_legal_review_about_id_decision_number",
                schema: "core",
                table: "legal_review",
                columns: new[] { "about_id", "decision", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_legal_review_entry_id",
                schema: "core",
                table: "legal_review",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_licence_batch_id",
                schema: "core",
                table: "licence",
                column: "batch_id")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_licence_natural_key",
                schema: "core",
                table: "licence",
                column: "natural_key",
                unique: true,
                filter: "current");

            migrationBuilder.CreateIndex(
                name: "ix_licence_subject_code",
                schema: "core",
                table: "licence",
                column: "subject_code");

            migrationBuilder.CreateIndex(
                name: "ix_licence_subject_id",
                schema: "core",
                table: "licence",
                column: "subject_id",
                filter: "subject_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_licence_subject_lookup",
                schema: "core",
                table: "licence",
                column: "subject_lookup",
                filter: "subject_lookup is not null");

            migrationBuilder.CreateIndex(
                name: "ix_list_entry_batch_id",
                schema: "core",
                table: "list_entry",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_list_entry_exited_on",
                schema: "core",
                table: "list_entry",
                column: "exited_on",
                filter: "exited_on is not null and anonymised_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_list_entry_recogniser_state",
                schema: "core",
                table: "list_entry",
                columns: new[] { "recogniser", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_list_entry_subject_id_list_domain",
                schema: "core",
                table: "list_entry",
                columns: new[] { "subject_id", "list", "domain" });

            migrationBuilder.CreateIndex(
                name: "ix_list_entry_basis_entry_id",
                schema: "core",
                table: "list_entry_basis",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_measure_task_department_state",
                schema: "core",
                table: "measure_task",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_measure_task_entry_id_measure_key_department_person_id",
                schema: "core",
                table: "measure_task",
                columns: new[] { "entry_id", "measure_key", "department", "person_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_memorandum_revision_code_number",
                schema: "core",
                table: "memorandum_revision",
                columns: new[] { "code", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_memorandum_revision_code_number1",
                schema: "core",
                table: "memorandum_revision",
                columns: new[] { "code", "number" },
                unique: true,
                filter: "state in ('InForce', 'Retired')");

            migrationBuilder.CreateIndex(
                name: "ix_misconduct_answer_report_id",
                schema: "core",
                table: "misconduct_answer",
                column: "report_id");

            migrationBuilder.CreateIndex(
                name: "ix_misconduct_report_handler_state",
                schema: "core",
                table: "misconduct_report",
                columns: new[] { "handler", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_about_id_kind",
                schema: "core",
                table: "notice",
                columns: new[] { "about_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_subject_id_issued_on",
                schema: "core",
                table: "notice",
                columns: new[] { "subject_id", "issued_on" });

            migrationBuilder.CreateIndex(
                name: "ix_objection_entry_id_state",
                schema: "core",
                table: "objection",
                columns: new[] { "entry_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_objection_task_id",
                schema: "core",
                table: "objection",
                column: "task_id");

            migrationBuilder.CreateIndex(
                name: "ix_offer_authorisation_offer_id",
                schema: "core",
                table: "offer_authorisation",
                column: "offer_id");

            migrationBuilder.CreateIndex(
                name: "ix_offer_authorisation_subject_id_offer_id",
                schema: "core",
                table: "offer_authorisation",
                columns: new[] { "subject_id", "offer_id" });

            migrationBuilder.CreateIndex(
                name: "ix_offer_outcome_authorisation_id",
                schema: "core",
                table: "offer_outcome",
                column: "authorisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_offer_outcome_offer_id",
                schema: "core",
                table: "offer_outcome",
                column: "offer_id");

            migrationBuilder.CreateIndex(
                name: "ix_officeholder_organisation_id",
                schema: "core",
                table: "officeholder",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_officeholder_person_id",
                schema: "core",
                table: "officeholder",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_parked_change_reaction_position",
                schema: "core",
                table: "parked_change",
                columns: new[] { "reaction", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_partner_client_id",
                schema: "core",
                table: "partner",
                column: "client_id",
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_penalty_batch_id",
                schema: "core",
                table: "penalty",
                column: "batch_id")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_penalty_natural_key",
                schema: "core",
                table: "penalty",
                column: "natural_key",
                unique: true,
                filter: "current");

            migrationBuilder.CreateIndex(
                name: "ix_penalty_subject_code",
                schema: "core",
                table: "penalty",
                column: "subject_code");

            migrationBuilder.CreateIndex(
                name: "ix_penalty_subject_id",
                schema: "core",
                table: "penalty",
                column: "subject_id",
                filter: "subject_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_penalty_subject_lookup",
                schema: "core",
                table: "penalty",
                column: "subject_lookup",
                filter: "subject_lookup is not null");

            migrationBuilder.CreateIndex(
                name: "ix_profession_tag_person_id_profession",
                schema: "core",
                table: "profession_tag",
                columns: new[] { "person_id", "profession" },
                unique: true,
                filter: "ended_on is null");

            migrationBuilder.CreateIndex(
                name: "ix_progress_report_task_no_department_from",
                schema: "core",
                table: "progress_report",
                columns: new[] { "task_no", "department", "from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_progress_term_due_on",
                schema: "core",
                table: "progress_term",
                column: "due_on");

            migrationBuilder.CreateIndex(
                name: "ix_progress_term_task_no_department_from",
                schema: "core",
                table: "progress_term",
                columns: new[] { "task_no", "department", "from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_publication_entry_id",
                schema: "core",
                table: "publication",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_published_content_entry_id",
                schema: "core",
                table: "published_content",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_query_trace_about_id",
                schema: "core",
                table: "query_trace",
                column: "about_id");

            migrationBuilder.CreateIndex(
                name: "ix_query_trace_asked_at",
                schema: "core",
                table: "query_trace",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_recognition_standard_title_level_list_domain_edition",
                schema: "core",
                table: "recognition_standard",
                columns: new[] { "title", "level", "list", "domain", "edition" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_recovery_department_state",
                schema: "core",
                table: "recovery",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_recovery_task_id",
                schema: "core",
                table: "recovery",
                column: "task_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rectification_entry_id_state",
                schema: "core",
                table: "rectification",
                columns: new[] { "entry_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_rectification_recogniser",
                schema: "core",
                table: "rectification",
                column: "recogniser");

            migrationBuilder.CreateIndex(
                name: "one_interview_per_entry",
                schema: "core",
                table: "rectification",
                column: "entry_id",
                unique: true,
                filter: "interview is not null");

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_aggregate_id",
                schema: "core",
                table: "register_entry",
                column: "aggregate_id");

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_recorded_at_id",
                schema: "core",
                table: "register_entry",
                columns: new[] { "recorded_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_register_entry_subject_id",
                schema: "core",
                table: "register_entry",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_register_position_entry_id",
                schema: "core",
                table: "register_position",
                column: "entry_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_repair_entry_id_state",
                schema: "core",
                table: "repair",
                columns: new[] { "entry_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_handler",
                schema: "core",
                table: "repair",
                column: "handler");

            migrationBuilder.CreateIndex(
                name: "ix_repair_step_repair_id",
                schema: "core",
                table: "repair_step",
                column: "repair_id");

            migrationBuilder.CreateIndex(
                name: "ix_reparation_entry_id",
                schema: "core",
                table: "reparation",
                column: "entry_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reparation_recogniser_state",
                schema: "core",
                table: "reparation",
                columns: new[] { "recogniser", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_reparation_channel_reparation_id",
                schema: "core",
                table: "reparation_channel",
                column: "reparation_id");

            migrationBuilder.CreateIndex(
                name: "ix_report_receipt_report_id",
                schema: "core",
                table: "report_receipt",
                column: "report_id");

            migrationBuilder.CreateIndex(
                name: "ix_required_paper_acceptance_id",
                schema: "core",
                table: "required_paper",
                column: "acceptance_id");

            migrationBuilder.CreateIndex(
                name: "ix_review_ticket_entry_id",
                schema: "core",
                table: "review_ticket",
                column: "entry_id");

            migrationBuilder.CreateIndex(
                name: "ix_review_ticket_requested_by_requested_on",
                schema: "core",
                table: "review_ticket",
                columns: new[] { "requested_by", "requested_on" });

            migrationBuilder.CreateIndex(
                name: "ix_rule_amendment_pack_state",
                schema: "core",
                table: "rule_amendment",
                columns: new[] { "pack", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_subject_code",
                schema: "core",
                table: "subject",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_subject_name",
                schema: "core",
                table: "subject",
                column: "name");

            migrationBuilder.CreateIndex(
                name: "ix_subject_identifier_scheme_lookup",
                schema: "core",
                table: "subject_identifier",
                columns: new[] { "scheme", "lookup" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subject_identifier_subject_id",
                schema: "core",
                table: "subject_identifier",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_supervision_rating_subject_id_department",
                schema: "core",
                table: "supervision_rating",
                columns: new[] { "subject_id", "department" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tolerant_acceptance_commitment_id",
                schema: "core",
                table: "tolerant_acceptance",
                column: "commitment_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tolerant_acceptance_department_state",
                schema: "core",
                table: "tolerant_acceptance",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_tolerant_acceptance_subject_id",
                schema: "core",
                table: "tolerant_acceptance",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_trigger_request_department_state",
                schema: "core",
                table: "trigger_request",
                columns: new[] { "department", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_trigger_request_number",
                schema: "core",
                table: "trigger_request",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_upstream_match_item_level_number",
                schema: "core",
                table: "upstream_match",
                columns: new[] { "item", "level", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_warning_entry_last_day",
                schema: "core",
                table: "warning_entry",
                column: "last_day");

            migrationBuilder.CreateIndex(
                name: "ix_warning_entry_subject_id",
                schema: "core",
                table: "warning_entry",
                column: "subject_id",
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_steps_workflow_id_number",
                schema: "core",
                table: "workflow_steps",
                columns: new[] { "workflow_id", "number" },
                unique: true);

            migrationBuilder.Sql(StoreRules.Text);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accountability_item",
                schema: "core");

            migrationBuilder.DropTable(
                name: "alliance_grade",
                schema: "core");

            migrationBuilder.DropTable(
                name: "analysis_report",
                schema: "core");

            migrationBuilder.DropTable(
                name: "association_member",
                schema: "core");

            migrationBuilder.DropTable(
                name: "authorisation",
                schema: "core");

            migrationBuilder.DropTable(
                name: "bid_bonus",
                schema: "core");

            migrationBuilder.DropTable(
                name: "calendar_year",
                schema: "core");

            migrationBuilder.DropTable(
                name: "catalogue_item",
                schema: "core");

            migrationBuilder.DropTable(
                name: "catalogue_item_version",
                schema: "core");

            migrationBuilder.DropTable(
                name: "channel_duty",
                schema: "core");

            migrationBuilder.DropTable(
                name: "check_batch",
                schema: "core");

            migrationBuilder.DropTable(
                name: "credit_case",
                schema: "core");

            migrationBuilder.DropTable(
                name: "credit_gap",
                schema: "core");

            migrationBuilder.DropTable(
                name: "credit_record",
                schema: "core");

            migrationBuilder.DropTable(
                name: "credit_report",
                schema: "core");

            migrationBuilder.DropTable(
                name: "cross_region_request",
                schema: "core");

            migrationBuilder.DropTable(
                name: "deadline",
                schema: "core");

            migrationBuilder.DropTable(
                name: "decided_matter",
                schema: "core");

            migrationBuilder.DropTable(
                name: "department",
                schema: "core");

            migrationBuilder.DropTable(
                name: "department_feature",
                schema: "core");

            migrationBuilder.DropTable(
                name: "department_rectification",
                schema: "core");

            migrationBuilder.DropTable(
                name: "evaluation_score",
                schema: "core");

            migrationBuilder.DropTable(
                name: "exchange_message",
                schema: "core");

            migrationBuilder.DropTable(
                name: "exposure_item",
                schema: "core");

            migrationBuilder.DropTable(
                name: "feedback",
                schema: "core");

            migrationBuilder.DropTable(
                name: "gap_run",
                schema: "core");

            migrationBuilder.DropTable(
                name: "idempotency_record",
                schema: "core");

            migrationBuilder.DropTable(
                name: "inbox_item",
                schema: "core");

            migrationBuilder.DropTable(
                name: "intake_file",
                schema: "core");

            migrationBuilder.DropTable(
                name: "intake_row",
                schema: "core");

            migrationBuilder.DropTable(
                name: "intake_trace",
                schema: "core");

            migrationBuilder.DropTable(
                name: "lead",
                schema: "core");

            migrationBuilder.DropTable(
                name: "legal_review",
                schema: "core");

            migrationBuilder.DropTable(
                name: "licence",
                schema: "core");

            migrationBuilder.DropTable(
                name: "list_entry_basis",
                schema: "core");

            migrationBuilder.DropTable(
                name: "log_head",
                schema: "core");

            migrationBuilder.DropTable(
                name: "log_node",
                schema: "core");

            migrationBuilder.DropTable(
                name: "measure",
                schema: "core");

            migrationBuilder.DropTable(
                name: "memorandum",
                schema: "core");

            migrationBuilder.DropTable(
                name: "memorandum_revision",
                schema: "core");

            migrationBuilder.DropTable(
                name: "misconduct_answer",
                schema: "core");

            migrationBuilder.DropTable(
                name: "notice",
                schema: "core");

            migrationBuilder.DropTable(
                name: "objection",
                schema: "core");

            migrationBuilder.DropTable(
                name: "offer_outcome",
                schema: "core");

            migrationBuilder.DropTable(
                name: "officeholder",
                schema: "core");

            migrationBuilder.DropTable(
                name: "parked_change",
                schema: "core");

            migrationBuilder.DropTable(
                name: "penalty",
                schema: "core");

            migrationBuilder.DropTable(
                name: "profession_tag",
                schema: "core");

            migrationBuilder.DropTable(
                name: "progress_report",
                schema: "core");

            migrationBuilder.DropTable(
                name: "progress_term",
                schema: "core");

            migrationBuilder.DropTable(
                name: "publication",
                schema: "core");

            migrationBuilder.DropTable(
                name: "published_content",
                schema: "core");

            migrationBuilder.DropTable(
                name: "query_trace",
                schema: "core");

            migrationBuilder.DropTable(
                name: "reaction_cursor",
                schema: "core");

            migrationBuilder.DropTable(
                name: "recognition_standard",
                schema: "core");

            migrationBuilder.DropTable(
                name: "recovery",
                schema: "core");

            migrationBuilder.DropTable(
                name: "rectification",
                schema: "core");

            migrationBuilder.DropTable(
                name: "register_position",
                schema: "core");

            migrationBuilder.DropTable(
                name: "repair_step",
                schema: "core");

            migrationBuilder.DropTable(
                name: "reparation_channel",
                schema: "core");

            migrationBuilder.DropTable(
                name: "report_receipt",
                schema: "core");

            migrationBuilder.DropTable(
                name: "required_paper",
                schema: "core");

            migrationBuilder.DropTable(
                name: "review_ticket",
                schema: "core");

            migrationBuilder.DropTable(
                name: "rule_amendment",
                schema: "core");

            migrationBuilder.DropTable(
                name: "signing_key",
                schema: "core");

            migrationBuilder.DropTable(
                name: "subject_identifier",
                schema: "core");

            migrationBuilder.DropTable(
                name: "supervision_rating",
                schema: "core");

            migrationBuilder.DropTable(
                name: "task_assignment",
                schema: "core");

            migrationBuilder.DropTable(
                name: "trigger_request",
                schema: "core");

            migrationBuilder.DropTable(
                name: "upstream_match",
                schema: "core");

            migrationBuilder.DropTable(
                name: "warning_entry",
                schema: "core");

            migrationBuilder.DropTable(
                name: "workflow_steps",
                schema: "core");

            migrationBuilder.DropTable(
                name: "credit_alliance",
                schema: "core");

            migrationBuilder.DropTable(
                name: "partner",
                schema: "core");

            migrationBuilder.DropTable(
                name: "check_receipt",
                schema: "core");

            migrationBuilder.DropTable(
                name: "exemplar",
                schema: "core");

            migrationBuilder.DropTable(
                name: "evaluation",
                schema: "core");

            migrationBuilder.DropTable(
                name: "intake_batch",
                schema: "core");

            migrationBuilder.DropTable(
                name: "offer_authorisation",
                schema: "core");

            migrationBuilder.DropTable(
                name: "measure_task",
                schema: "core");

            migrationBuilder.DropTable(
                name: "register_entry",
                schema: "core");

            migrationBuilder.DropTable(
                name: "repair",
                schema: "core");

            migrationBuilder.DropTable(
                name: "reparation",
                schema: "core");

            migrationBuilder.DropTable(
                name: "misconduct_report",
                schema: "core");

            migrationBuilder.DropTable(
                name: "tolerant_acceptance",
                schema: "core");

            migrationBuilder.DropTable(
                name: "department_workflow",
                schema: "core");

            migrationBuilder.DropTable(
                name: "offer",
                schema: "core");

            migrationBuilder.DropTable(
                name: "list_entry",
                schema: "core");

            migrationBuilder.DropTable(
                name: "commitment",
                schema: "core");

            migrationBuilder.DropTable(
                name: "subject",
                schema: "core");
        }
    }
}
