-- Rules that no code path can get around. Run once per database by the first migration, as its owner.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE SCHEMA IF NOT EXISTS pub;

-- The civil day of the district. A sandbox or test moves it per session; production never sets it.
CREATE FUNCTION pub.civil_today() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('credit.today', true), '')::date, (now() AT TIME ZONE 'Asia/Shanghai')::date)
$$;

-- Red and black (or watch) together, and overlapping entries of one subject, list and domain, are impossible (I1, I2, I4).
ALTER TABLE core.list_entry
  ADD COLUMN polarity int GENERATED ALWAYS AS (CASE WHEN list = 'Red' THEN 1 ELSE -1 END) STORED,
  ADD COLUMN valid daterange GENERATED ALWAYS AS (
    CASE WHEN valid_from IS NULL OR valid_from > valid_to THEN NULL ELSE daterange(valid_from, valid_to, '[]') END) STORED;
ALTER TABLE core.list_entry
  ADD CONSTRAINT red_and_black_exclude EXCLUDE USING gist (subject_id WITH =, polarity WITH <>, valid WITH &&)
    WHERE (state IN ('Active', 'Verifying')),
  ADD CONSTRAINT one_entry_per_list_and_domain EXCLUDE USING gist (subject_id WITH =, list WITH =, domain WITH =, valid WITH &&)
    WHERE (state IN ('Active', 'Verifying')),
  ADD CONSTRAINT red_and_black_pending_exclude EXCLUDE USING gist (subject_id WITH =, polarity WITH <>)
    WHERE (state = 'Recognised'),
  ADD CONSTRAINT in_force_has_term CHECK (state NOT IN ('Active', 'Verifying') OR (valid_from IS NOT NULL AND valid_from <= valid_to)),
  ADD CONSTRAINT exit_has_reason CHECK ((state = 'Exited') = (exited_on IS NOT NULL) AND (state = 'Exited') = (exit_reason IS NOT NULL));
CREATE UNIQUE INDEX one_pending_per_list_and_domain ON core.list_entry (subject_id, list, domain) WHERE state = 'Recognised';
CREATE INDEX list_entry_in_force ON core.list_entry (valid_to, id) WHERE state IN ('Active', 'Verifying');

-- Only moves of the published tables happen (I22), whoever writes. The rows come from the tables in code at start.
CREATE TABLE core.lifecycle_move (life text, from_state text, to_state text, PRIMARY KEY (life, from_state, to_state));
CREATE FUNCTION core.refuse_unlisted_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE life_name text := TG_ARGV[0];
BEGIN
  IF life_name = 'entry' THEN
    life_name := 'entry:' || NEW.list;
  END IF;
  IF NEW.state IS DISTINCT FROM OLD.state
     AND NOT EXISTS (SELECT 1 FROM core.lifecycle_move m WHERE m.life = life_name AND m.from_state = OLD.state AND m.to_state = NEW.state) THEN
    RAISE EXCEPTION 'move % -> % is not in the table of %', OLD.state, NEW.state, life_name USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_moves BEFORE UPDATE ON core.list_entry FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('entry');
CREATE TRIGGER task_moves BEFORE UPDATE ON core.measure_task FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('task');
CREATE TRIGGER objection_moves BEFORE UPDATE ON core.objection FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('objection');
CREATE TRIGGER repair_moves BEFORE UPDATE ON core.repair FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('repair');
CREATE TRIGGER rule_amendment_moves BEFORE UPDATE ON core.rule_amendment FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('rule-amendment');
CREATE TRIGGER recognition_standard_moves BEFORE UPDATE ON core.recognition_standard FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('recognition-standard');
CREATE TRIGGER review_ticket_moves BEFORE UPDATE ON core.review_ticket FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('review-ticket');
CREATE TRIGGER reparation_moves BEFORE UPDATE ON core.reparation FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('reparation');
CREATE TRIGGER channel_duty_moves BEFORE UPDATE ON core.channel_duty FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('channel-duty');
CREATE TRIGGER upstream_match_moves BEFORE UPDATE ON core.upstream_match FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('upstream-match');
CREATE TRIGGER trigger_request_moves BEFORE UPDATE ON core.trigger_request FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('trigger-request');
CREATE TRIGGER recovery_moves BEFORE UPDATE ON core.recovery FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('recovery');
CREATE TRIGGER accountability_moves BEFORE UPDATE ON core.accountability_item FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('accountability');
CREATE TRIGGER misconduct_report_moves BEFORE UPDATE ON core.misconduct_report FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('misconduct-report');
CREATE TRIGGER notice_moves BEFORE UPDATE ON core.notice FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('notice');
CREATE TRIGGER rectification_moves BEFORE UPDATE ON core.rectification FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('rectification');
CREATE TRIGGER warning_moves BEFORE UPDATE ON core.warning_entry FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('warning');
CREATE TRIGGER exemplar_moves BEFORE UPDATE ON core.exemplar FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('exemplar');
CREATE TRIGGER commitment_moves BEFORE UPDATE ON core.commitment FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('commitment');
CREATE TRIGGER tolerant_acceptance_moves BEFORE UPDATE ON core.tolerant_acceptance FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('tolerant-acceptance');
CREATE TRIGGER offer_moves BEFORE UPDATE ON core.offer FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('offer');
CREATE TRIGGER offer_authorisation_moves BEFORE UPDATE ON core.offer_authorisation FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('offer-authorisation');
CREATE TRIGGER memorandum_moves BEFORE UPDATE ON core.memorandum_revision FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('memorandum');
CREATE TRIGGER credit_record_moves BEFORE UPDATE ON core.credit_record FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('credit-record');
CREATE TRIGGER lead_moves BEFORE UPDATE ON core.lead FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('lead');
CREATE TRIGGER membership_moves BEFORE UPDATE ON core.association_member FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('membership');
CREATE TRIGGER partner_moves BEFORE UPDATE ON core.partner FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('partner');
CREATE TRIGGER authorisation_moves BEFORE UPDATE ON core.authorisation FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('authorisation');

-- Who made reports of misconduct: no other table refers to it, and only its custodian reads it (R-3.4.5.a).
CREATE SCHEMA vault;
CREATE TABLE vault.informant (report_id uuid PRIMARY KEY, sealed bytea NOT NULL);
ALTER TABLE vault.informant ALTER COLUMN sealed SET STORAGE EXTERNAL;
-- What was ended by an exit or a repair is never shown, shared or used again, whoever writes.
CREATE FUNCTION core.refuse_republication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.publication_ended_on IS NOT NULL AND NEW.publication_ended_on IS DISTINCT FROM OLD.publication_ended_on
     OR OLD.sharing_ended_on IS NOT NULL AND NEW.sharing_ended_on IS DISTINCT FROM OLD.sharing_ended_on
     OR OLD.use_ended_on IS NOT NULL AND NEW.use_ended_on IS DISTINCT FROM OLD.use_ended_on THEN
    RAISE EXCEPTION 'entry % would be shown, shared or used again', OLD.id USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_not_republished BEFORE UPDATE ON core.list_entry FOR EACH ROW EXECUTE FUNCTION core.refuse_republication();
CREATE TRIGGER cross_region_request_moves BEFORE UPDATE ON core.cross_region_request FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('cross-region-request');
CREATE TRIGGER department_rectification_moves BEFORE UPDATE ON core.department_rectification FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('department-rectification');
CREATE TRIGGER evaluation_moves BEFORE UPDATE ON core.evaluation FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('evaluation');
CREATE TRIGGER credit_gap_moves BEFORE UPDATE ON core.credit_gap FOR EACH ROW EXECUTE FUNCTION core.refuse_unlisted_move('gap');

-- What the city platform is told, in the order of the log: each step once, with what it is about. Names of persons are in none of it.
CREATE FUNCTION core.city_steps(after bigint, until bigint, steps text[], families text[])
  RETURNS TABLE ("position" bigint, recorded_at timestamptz, wire_name text, payload text, correlation_id uuid, subject_id uuid, content text)
  LANGUAGE sql STABLE AS $$
  SELECT p.position, e.recorded_at, e.wire_name, e.payload::text, coalesce(l.id, e.aggregate_id), coalesce(l.subject_id, e.subject_id),
    CASE
      WHEN e.wire_name = 'case.moved.v1' THEN (
        SELECT jsonb_build_object('title', c.title, 'subjectName', c.subject_name, 'memorandum', c.memorandum, 'measures', c.measures, 'effect', c.effect,
          'department', c.department, 'typical', c.typical, 'collectedOn', c.collected_on)::text FROM core.credit_case c WHERE c.id = e.aggregate_id)
      WHEN e.wire_name = 'progress-report.submitted.v1' THEN (
        SELECT jsonb_build_object('text', r.text, 'figures', r.figures::jsonb, 'cases', r.cases)::text FROM core.progress_report r WHERE r.id = e.aggregate_id)
      WHEN e.wire_name LIKE 'cross-region-request.%' THEN (
        SELECT jsonb_build_object('direction', x.direction, 'kind', x.kind, 'region', x.region, 'regionName', x.region_name, 'subjectName', x.subject_name,
          'subjectCode', x.subject_code, 'basis', x.basis, 'measures', x.measures, 'reference', x.reference, 'department', x.department,
          'state', x.state, 'reason', x.reason, 'result', x.result)::text FROM core.cross_region_request x WHERE x.id = e.aggregate_id)
    END
  FROM core.register_position p
  JOIN core.register_entry e ON e.id = p.entry_id
  LEFT JOIN core.list_entry l ON l.id = (e.payload->>'entryId')::uuid
  WHERE p.position > after AND (until IS NULL OR p.position <= until)
    AND (e.wire_name = ANY (steps) OR EXISTS (SELECT 1 FROM unnest(families) AS family WHERE starts_with(e.wire_name, family)))
    AND NOT (e.wire_name = 'case.moved.v1' AND e.payload->>'to' <> 'Approved')
$$;

-- What counted once is not rewritten, whoever writes: a later version takes its place (I93).
CREATE FUNCTION core.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version in % is never changed or removed', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER calendar_year_stays BEFORE UPDATE OR DELETE ON core.calendar_year FOR EACH ROW EXECUTE FUNCTION core.refuse_rewriting();
CREATE TRIGGER workflow_steps_stay BEFORE UPDATE OR DELETE ON core.workflow_steps FOR EACH ROW EXECUTE FUNCTION core.refuse_rewriting();
-- Of an opinion only whom it is about and its words go, when the retention is over (I91).
CREATE TRIGGER legal_review_stays BEFORE DELETE OR UPDATE OF decision, about_id, entry_id, department, number, reviewer, agrees, reviewed_on
  ON core.legal_review FOR EACH ROW EXECUTE FUNCTION core.refuse_rewriting();
CREATE TRIGGER recognition_standard_stays BEFORE UPDATE OR DELETE ON core.recognition_standard FOR EACH ROW WHEN (OLD.state = 'Registered') EXECUTE FUNCTION core.refuse_rewriting();
CREATE TRIGGER catalogue_item_version_stays BEFORE UPDATE OR DELETE ON core.catalogue_item_version FOR EACH ROW EXECUTE FUNCTION core.refuse_rewriting();

-- What an entry of the log says of people is chained by a salted hash. When their retention is over the fields that were emptied go
-- from it with the salt, so that nobody can try names against the hash, and the chain holds as before (I81, I91).
ALTER TABLE core.register_entry ADD COLUMN salt bytea, ADD COLUMN content_hash bytea NOT NULL;
-- The transaction that wrote it: with a snapshot it says what was committed since, also late and before it has its place.
ALTER TABLE core.register_entry ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX register_entry_written_in ON core.register_entry (written_in);
CREATE FUNCTION core.register_digest(salt bytea, payload jsonb, changes jsonb, subject uuid) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(salt || convert_to(payload::text || E'\n' || changes::text || E'\n' || coalesce(subject::text, ''), 'UTF8'))
$$;
CREATE FUNCTION core.seal_register_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  NEW.content_hash := core.register_digest(NEW.salt, NEW.payload, NEW.changes, NEW.subject_id);
  RETURN NEW;
END $$;
CREATE TRIGGER register_entry_sealed BEFORE INSERT ON core.register_entry FOR EACH ROW EXECUTE FUNCTION core.seal_register_entry();
CREATE FUNCTION core.register_remaining(about uuid) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(coalesce(string_agg(id || payload::text || changes::text, E'\n' ORDER BY id), ''), 'UTF8'))
  FROM core.register_entry WHERE aggregate_id = about AND salt IS NULL
$$;
-- Only what the log says was emptied, and only the fields that were.
CREATE FUNCTION core.redact_register(about uuid[]) RETURNS TABLE (id uuid, remaining bytea) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE core.register_entry e
  SET changes = e.changes - gone.fields, payload = e.payload - ARRAY['subjectId', 'personId'], subject_id = NULL, salt = NULL
  FROM (
    SELECT a.aggregate_id AS about, a.id AS at, (SELECT array_agg(field) FROM jsonb_object_keys(a.changes) AS field) AS fields
    FROM core.register_entry a WHERE a.aggregate_id = ANY (redact_register.about) AND a.wire_name LIKE '%.anonymised.v1') gone
  WHERE e.aggregate_id = gone.about AND e.id < gone.at AND e.salt IS NOT NULL;
  RETURN QUERY SELECT DISTINCT e.aggregate_id, core.register_remaining(e.aggregate_id) FROM core.register_entry e
    WHERE e.aggregate_id = ANY (redact_register.about) AND e.salt IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION core.redact_register FROM PUBLIC;

-- Sealed bytes do not shrink, nor do hashes and what is packed already: no time is spent on trying.
ALTER TABLE core.intake_file ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE core.check_batch ALTER COLUMN row_hashes SET STORAGE EXTERNAL, ALTER COLUMN answer SET STORAGE EXTERNAL;

-- A receipt is written while somebody waits for it: packing what is over two kilobytes cost more than writing it did.
ALTER TABLE core.check_receipt SET (toast_tuple_target = 8160);

-- A record belongs to the subject that holds its code, whichever of the two arrives first.
CREATE FUNCTION core.link_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE core.penalty p SET subject_id = a.subject_id FROM added a WHERE p.subject_id IS NULL AND a.scheme = 'uscc' AND p.subject_code = a.lookup;
  UPDATE core.licence l SET subject_id = a.subject_id FROM added a WHERE l.subject_id IS NULL AND a.scheme = 'uscc' AND l.subject_code = a.lookup;
  UPDATE core.penalty p SET subject_id = a.subject_id FROM added a WHERE p.subject_id IS NULL AND a.cipher IS NOT NULL AND p.subject_lookup = a.lookup;
  UPDATE core.licence l SET subject_id = a.subject_id FROM added a WHERE l.subject_id IS NULL AND a.cipher IS NOT NULL AND l.subject_lookup = a.lookup;
  RETURN NULL;
END $$;
CREATE TRIGGER link_records AFTER INSERT ON core.subject_identifier REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION core.link_records();

-- What the public may read. Personal identifiers are not in these views at all; texts are scrubbed once more.
-- Identity, telephone and card numbers: eleven digits and more, in either width, also grouped by spaces, dots or hyphens. A span of
-- days is none. In doubt a number is taken for personal.
CREATE FUNCTION pub.scrub(text text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  -- Eleven digits are looked for first, without looking around: a twelfth of the cost, and most texts have none.
  SELECT CASE WHEN text ~ '[0-9０-９](?:[ 　.·－-]?[0-9０-９]){10}' THEN regexp_replace(
    regexp_replace(text, '(?<![0-9A-Za-z])[0-9０-９]{11,}[XxＸｘ]?(?![0-9A-Za-z])', '＊＊＊', 'g'),
    '(?<![0-9A-Za-z])(?<![0-9][-./])(?!(?:19|20)[0-9]{2}[-./](?:0?[1-9]|1[0-2])[-./])[0-9０-９](?:[ 　.·－-]?[0-9０-９]){10,}[ －-]?[XxＸｘ]?(?![0-9A-Za-z])',
    '＊＊＊', 'g') ELSE text END
$$;
-- Document numbers may be long runs of digits: only what is laid out as an identity number goes.
CREATE FUNCTION pub.scrub_number(text text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN text ~ '[0-9]{17}' THEN
    regexp_replace(text, '[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9XxＸｘ]', '＊＊＊', 'g')
    ELSE text END
$$;
-- A text about a natural person: without numbers, and with the name as the name itself is shown.
CREATE FUNCTION pub.scrub_about(text text, name text, person boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN person AND length(name) > 0 THEN replace(pub.scrub(text), name, left(name, 1) || '＊') ELSE pub.scrub(text) END
$$;
CREATE FUNCTION pub.public_name(name text, person boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN person THEN left(name, 1) || '＊' ELSE pub.scrub(name) END
$$;

-- What lists are looked up and paged by, as the public sees it: without these a name among half a million is looked for in every row.
CREATE INDEX list_entry_public_name ON core.list_entry (pub.public_name(subject_name, subject_kind = 'NaturalPerson'), id);
CREATE INDEX list_entry_subject_code ON core.list_entry (subject_code, id);
CREATE INDEX list_entry_valid_to ON core.list_entry (valid_to, id);

-- Only records of catalogue items with the flag are shown at all (R-3.1.4.f): as an array the items are read once a query, not once a row. The conditions
-- stand below the join with departments, so that who does not ask for the name of one pays for no join.
CREATE VIEW pub.list_entry AS
  SELECT e.id, e.list, e.domain, e.category, pub.public_name(e.subject_name, e.subject_kind = 'NaturalPerson') AS subject_name,
         e.subject_kind, e.subject_code, e.subject_mask AS identifier_mask, e.legal_representative, pub.scrub_about(e.facts, e.subject_name, e.subject_kind = 'NaturalPerson') AS facts, e.standard,
         e.recogniser, coalesce(d.name, e.recogniser) AS recogniser_name, e.recognised_on, e.valid_from, e.valid_to,
         e.state = 'Verifying' AS under_verification
  FROM (
    SELECT * FROM core.list_entry e
    WHERE e.state IN ('Active', 'Verifying') AND e.valid @> pub.civil_today()
      AND (e.publication_ended_on IS NULL OR e.publication_ended_on > pub.civil_today())
      AND e.publishable AND e.chosen_for_publication AND e.reviewed_by IS NOT NULL
      AND 'list-entries' = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish))
  ) e LEFT JOIN core.department d ON d.key = e.recogniser;

-- The warning ends by itself on its last day (I10), and stands only on entries the public may know of: number and days are of these alone.
CREATE VIEW pub.warning AS
  SELECT w.id, pub.public_name(w.subject_name, w.subject_kind = 'NaturalPerson') AS subject_name, w.subject_kind, w.subject_code,
         cardinality(w.public_domains) AS domain_count, w.public_from AS begun_on, w.public_last_day AS last_day
  FROM core.warning_entry w
  WHERE w.state = 'Active' AND w.public_from <= pub.civil_today() AND w.public_last_day >= pub.civil_today()
    AND 'list-entries' = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

-- Exit and correction are told where the entry had been shown, and of no entry that may not be (R-3.2.4.h).
CREATE VIEW pub.exit_announcement AS
  SELECT p.id, e.id AS entry_id, e.list, e.domain, pub.public_name(e.subject_name, e.subject_kind = 'NaturalPerson') AS subject_name,
         e.subject_code, e.subject_mask AS identifier_mask, e.recogniser, coalesce(d.name, e.recogniser) AS recogniser_name,
         e.exit_reason, e.exited_on, p.channel, p.exit_announced_on
  FROM core.list_entry e JOIN core.publication p ON p.entry_id = e.id LEFT JOIN core.department d ON d.key = e.recogniser
  WHERE e.state = 'Exited' AND p.exit_announced_on IS NOT NULL AND e.publishable AND e.reviewed_by IS NOT NULL
    -- The notice ends itself after a year (I72).
    AND p.exit_announced_on > pub.civil_today() - 366
    AND 'list-entries' = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

-- A correction is shown where the wrong entry was, and ends itself as an exit notice does.
CREATE VIEW pub.correction AS
  SELECT c.id, e.id AS entry_id, e.list, e.domain, pub.public_name(e.subject_name, e.subject_kind = 'NaturalPerson') AS subject_name,
         e.subject_code, e.recogniser, coalesce(d.name, e.recogniser) AS recogniser_name, c.channel,
         pub.scrub_about(r.statement, e.subject_name, e.subject_kind = 'NaturalPerson') AS statement, c.corrected_on
  FROM core.reparation r JOIN core.reparation_channel c ON c.reparation_id = r.id JOIN core.list_entry e ON e.id = r.entry_id
    LEFT JOIN core.department d ON d.key = e.recogniser
  WHERE c.corrected_on IS NOT NULL AND c.corrected_on > pub.civil_today() - 366 AND e.publishable AND e.reviewed_by IS NOT NULL
    AND 'list-entries' = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

CREATE VIEW pub.penalty AS
  SELECT p.id, pub.public_name(p.subject_name, p.subject_category = '自然人') AS subject_name, p.subject_category, p.subject_code,
         p.subject_mask AS identifier_mask, p.legal_representative, pub.scrub_number(p.document_number) AS document_number, pub.scrub_about(p.violation, p.subject_name, p.subject_category = '自然人') AS violation,
         pub.scrub_about(p.facts, p.subject_name, p.subject_category = '自然人') AS facts, pub.scrub_about(p.legal_basis, p.subject_name, p.subject_category = '自然人') AS legal_basis, pub.scrub(p.categories) AS categories, pub.scrub_about(p.content, p.subject_name, p.subject_category = '自然人') AS content,
         p.fine_yuan, p.confiscated_yuan, p.decided_on, p.valid_to, p.public_until, pub.scrub(p.organ) AS organ, p.organ_code,
         b.site_channel, b.site_page, b.site_on,
         -- A row that waited for a decision is shown from then on, the others from the end of their batch (R-3.1.4.b).
         coalesce((SELECT r.resolved_at FROM core.intake_row r WHERE r.batch_id = p.batch_id AND r.row = p.row), b.completed_at) AS shown_since
  FROM core.penalty p LEFT JOIN core.intake_batch b ON b.id = p.batch_id
  WHERE p.current AND p.scope <> 'Never' AND p.public_until >= pub.civil_today()
    AND p.catalogue_item = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

CREATE VIEW pub.licence AS
  SELECT l.id, pub.public_name(l.subject_name, l.subject_category = '自然人') AS subject_name, l.subject_category, l.subject_code,
         l.subject_mask AS identifier_mask, l.legal_representative, pub.scrub_about(l.document_name, l.subject_name, l.subject_category = '自然人') AS document_name, pub.scrub_number(l.document_number) AS document_number, l.category, pub.scrub(l.certificate_name) AS certificate_name,
         pub.scrub_about(l.content, l.subject_name, l.subject_category = '自然人') AS content, l.decided_on, l.valid_from, l.valid_to, l.public_until, pub.scrub(l.organ) AS organ, l.organ_code, l.status,
         b.site_channel, b.site_page, b.site_on,
         coalesce((SELECT r.resolved_at FROM core.intake_row r WHERE r.batch_id = l.batch_id AND r.row = l.row), b.completed_at) AS shown_since
  FROM core.licence l LEFT JOIN core.intake_batch b ON b.id = l.batch_id
  WHERE l.current AND l.scope <> 'Never' AND l.public_until >= pub.civil_today()
    AND l.catalogue_item = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

-- A record is shown only with a last day of publication, and until it (R-3.1.4.h).
CREATE VIEW pub.credit_record AS
  SELECT r.id, r.kind, r.catalogue_item, r.negative, pub.public_name(s.name, s.kind = 'NaturalPerson') AS subject_name, s.kind AS subject_kind,
         s.code AS subject_code, s.mask AS identifier_mask, pub.scrub_number(r.document_number) AS document_number,
         pub.scrub_about(r.text, s.name, s.kind = 'NaturalPerson') AS text, r.provider, coalesce(d.name, r.provider) AS provider_name,
         r.formed_on, r.public_until
  FROM core.credit_record r JOIN core.subject s ON s.id = r.subject_id LEFT JOIN core.department d ON d.key = r.provider
  WHERE r.state = 'Current' AND r.public_until >= pub.civil_today()
    AND r.catalogue_item = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

-- Cases and exposures name the subject of an entry: they are shown for as long as the entry is (R-3.1.4.h, R-3.2.4.h), and by the same rule.
CREATE VIEW pub.credit_case AS
  SELECT c.id, c.title, c.subject_name, c.memorandum, c.measures, pub.scrub(c.effect) AS effect, c.department, c.typical, c.collected_on
  FROM core.credit_case c JOIN pub.list_entry e ON e.id = c.entry_id WHERE c.state = 'Approved' AND c.title <> '';

CREATE VIEW pub.exposure AS
  SELECT x.id, pub.scrub(x.title) AS title, x.subject_name, pub.scrub(x.facts) AS facts, x.department, x.decided_on AS published_on
  FROM core.exposure_item x JOIN pub.list_entry e ON e.id = x.entry_id
  -- And nobody doubts it.
  WHERE x.state = 'Approved' AND NOT e.under_verification;

CREATE VIEW pub.analysis_report AS
  SELECT id, scope, pub.scrub(title) AS title, pub.scrub(publisher) AS publisher, period_from, period_to, link, decided_on AS published_on
  FROM core.analysis_report WHERE state = 'Approved';

CREATE VIEW pub.rule_document AS
  SELECT a.id, a.pack, a.rule, pub.scrub(a.title) AS title, pub.scrub(a.text) AS text, pub.scrub_number(a.document_number) AS document_number,
         pub.scrub(a.basis) AS basis, a.department, a.decided_on AS adopted_on
  FROM core.rule_amendment a WHERE a.state = 'Adopted';
-- Exemplars, commitments that enterprises make in public, and offers (R-3.3.1.c, R-3.3.1.d, R-3.3.3.f).
CREATE VIEW pub.exemplar AS
  SELECT e.id, pub.public_name(e.subject_name, e.subject_kind = 'NaturalPerson') AS subject_name, e.subject_kind, e.subject_code, e.source,
         pub.scrub(e.recommended_by) AS recommended_by, e.nominator, coalesce(d.name, e.nominator) AS nominator_name,
         pub.scrub_about(e.deeds, e.subject_name, e.subject_kind = 'NaturalPerson') AS deeds, e.published_on
  FROM core.exemplar e LEFT JOIN core.department d ON d.key = e.nominator WHERE e.state = 'Published';

CREATE VIEW pub.commitment AS
  SELECT c.id, c.kind, pub.public_name(c.subject_name, c.subject_kind = 'NaturalPerson') AS subject_name, c.subject_kind, c.subject_code,
         pub.scrub_about(c.text, c.subject_name, c.subject_kind = 'NaturalPerson') AS text, c.department, coalesce(d.name, c.department) AS department_name,
         c.made_on, c.state, c.found_on, c.public_until
  FROM core.commitment c LEFT JOIN core.department d ON d.key = c.department
  WHERE c.kind IN ('Comprehensive', 'ProductQuality', 'StandardDeclaration')
    -- A broken one is 失信信息: it is shown for a term (R-3.1.4.h).
    AND (c.state <> 'Broken' OR c.public_until >= pub.civil_today())
    AND 'commitments' = ANY (ARRAY(SELECT key FROM core.catalogue_item WHERE publish));

CREATE VIEW pub.offer AS
  SELECT o.id, o.programme, o.provider, pub.scrub(o.provider_name) AS provider_name, pub.scrub(o.title) AS title, pub.scrub(o.terms) AS terms, o.need, o.clean_years,
         o.audience, o.department, o.opened_on
  FROM core.offer o WHERE o.state = 'Open';

-- Which items of the province's and the city's catalogue the district's items follow, as a second person accepted it (R-2.1).
CREATE VIEW pub.upstream_match AS
  SELECT id, item, level, number, pub.scrub_number(item_number) AS item_number, pub.scrub(title) AS title, pub.scrub(document) AS document, state, decided_on
  FROM core.upstream_match WHERE state IN ('InForce', 'Replaced');

-- Standards the lead office registered; who proposed and decided stays inside (R-3.2.1.a).
CREATE VIEW pub.recognition_standard AS
  SELECT id, pub.scrub(title) AS title, pub.scrub_number(document_number) AS document_number, level, pub.scrub_number(approval) AS approval, list, domain, edition, first_day, last_day,
         longest_term_in_months
  FROM core.recognition_standard WHERE state = 'Registered';

CREATE VIEW pub.department AS SELECT key, name, kind, may_recognise, lead_office FROM core.department;

CREATE VIEW pub.memorandum AS
  SELECT key, code, version, pub.scrub(title) AS title, pub.scrub_number(document_number) AS document_number, issued_on, pub.scrub(signers) AS signers, pub.scrub(lead) AS lead,
    pub.scrub(targets) AS targets, pub.scrub(feedback_cadence) AS feedback_cadence, effective_from, effective_to, list, domains FROM core.memorandum;

CREATE VIEW pub.measure AS
  SELECT key, memorandum_key, ordinal, pub.scrub(wording) AS wording, canonical, nature, obligation, departments, pub.scrub(basis) AS basis, basis_from, watch_applicable, draft FROM core.measure;

-- What proves that a public entry is in the log (I75): hashes alone. The salt is one of its own, made from that of the log, so that it
-- opens nothing else; it goes with it when the retention is over, and the proofs hold as before.
CREATE FUNCTION core.publication_salt(salt bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(salt || convert_to('publication', 'UTF8'))
$$;
CREATE VIEW pub.log_node AS SELECT level, place, hash FROM core.log_node;
CREATE VIEW pub.log_head AS SELECT size, head FROM core.log_head;
CREATE VIEW pub.published_content AS
  SELECT c.position, c.entry_id, c.hash, p.hash AS chain_hash, e.wire_name AS announcement, core.publication_salt(e.salt) AS salt
  FROM core.published_content c JOIN core.register_position p ON p.position = c.position JOIN core.register_entry e ON e.id = p.entry_id;

-- Which transactions wrote something that feeds may show: what an answer was made of has changed exactly when the set of these marks has.
-- A mark is visible when its transaction is, late ones too; who prunes leaves a mark of his own, so no set of marks ever comes again.
CREATE TABLE pub.data_mark (xid xid8 PRIMARY KEY);
CREATE FUNCTION core.mark_data() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO pub.data_mark VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
  IF FOUND AND random() < 0.02 AND current_setting('transaction_isolation') = 'read committed' THEN
    DELETE FROM pub.data_mark WHERE xid IN (
      SELECT xid FROM pub.data_mark WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN NULL;
END $$;
CREATE VIEW pub.data_version AS SELECT coalesce(md5(string_agg(xid::text, ',' ORDER BY xid)), '') AS version FROM pub.data_mark;
-- Not marked is what reading itself writes, and the log, whose every entry comes with a change that is. A set that shows these is not cached.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'core' AND table_type = 'BASE TABLE'
    AND table_name NOT IN ('query_trace', 'check_receipt', 'check_batch', 'idempotency_record', 'inbox_item', 'reaction_cursor', 'register_entry', 'register_position',
      'log_node', 'log_head', 'published_content', 'signing_key')
  LOOP
    EXECUTE format('CREATE TRIGGER data_mark AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON core.%I FOR EACH STATEMENT EXECUTE FUNCTION core.mark_data()', t);
  END LOOP;
END $$;

-- The feed ledger: what each followed set showed, version by version. One follower writes it, under a lock; ordinals follow its order.
-- A state is named by the ordinal of a pass: of each key the version that began at or before it and had not ended. Of a row whose names went
-- (I91) the columns that say whose it is stay as its scope, so that whoever held it can still be told that it went.
CREATE SCHEMA feed;
CREATE TABLE feed.pass (
  position bigint PRIMARY KEY, ordinal bigint NOT NULL, as_of timestamptz NOT NULL, day date NOT NULL, reference bytea NOT NULL,
  shown boolean NOT NULL, marks text NOT NULL, number bigint NOT NULL);
CREATE UNIQUE INDEX pass_shown ON feed.pass (number) WHERE shown;
CREATE TABLE feed.followed (set_name text PRIMARY KEY, shape bytea NOT NULL, since bigint NOT NULL);
CREATE TABLE feed.row_version (
  ordinal bigint PRIMARY KEY, set_name text NOT NULL, key uuid NOT NULL, position bigint NOT NULL, changed bigint NOT NULL, ended bigint,
  "row" json, hash bytea, scope json);
CREATE INDEX row_version_key ON feed.row_version (set_name, key, ordinal);
CREATE INDEX row_version_newest ON feed.row_version (set_name, ordinal) WHERE ended IS NULL;
CREATE INDEX row_version_ended ON feed.row_version (ended) WHERE ended IS NOT NULL;
CREATE TABLE feed.set_state (set_name text, position bigint, rows bigint NOT NULL, sum bytea NOT NULL, PRIMARY KEY (set_name, position));
CREATE VIEW pub.feed_row_version AS
  SELECT ordinal, set_name, key, position, changed, ended, "row", hash, scope FROM feed.row_version WHERE set_name LIKE 'public/%';

-- Roles: the public surface cannot select core at all; reads cannot write; the application cannot rewrite history (I91).
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['credit_app', 'credit_read', 'credit_public', 'credit_custodian'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', r);
    EXCEPTION WHEN unique_violation OR internal_error THEN NULL;
    END;
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA core, pub, feed TO credit_app, credit_read;
GRANT USAGE ON SCHEMA pub TO credit_public;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA core TO credit_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA feed TO credit_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA core TO credit_app;
GRANT SELECT ON ALL TABLES IN SCHEMA core, pub, feed TO credit_read;
GRANT SELECT ON ALL TABLES IN SCHEMA pub TO credit_app, credit_public;
GRANT EXECUTE ON FUNCTION core.redact_register TO credit_app;
GRANT USAGE ON SCHEMA vault TO credit_app, credit_custodian;
GRANT INSERT ON vault.informant TO credit_app;
GRANT SELECT ON vault.informant TO credit_custodian;
REVOKE UPDATE, DELETE ON core.register_entry, core.register_position, core.query_trace, core.check_receipt, core.check_batch,
  core.signing_key, core.log_node, core.published_content, core.log_head FROM credit_app;
-- What was decided is never deleted (I91): every aggregate, known by its version, and what belongs to one.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'core' AND column_name = 'version' LOOP
    EXECUTE format('REVOKE DELETE ON core.%I FROM credit_app', t);
  END LOOP;
END $$;
REVOKE DELETE ON core.subject_identifier, core.list_entry_basis, core.publication, core.reparation_channel, core.repair_step, core.penalty,
  core.licence, core.intake_batch, core.misconduct_answer, core.report_receipt, core.required_paper, core.evaluation_score,
  core.alliance_grade, core.workflow_steps FROM credit_app;
-- Sealed bytes are for the application alone.
REVOKE SELECT ON core.subject_identifier, core.intake_file, core.intake_trace, core.idempotency_record, core.report_receipt, core.credit_report, core.check_batch FROM credit_read;
DO $$
DECLARE t text; readable text;
BEGIN
  FOREACH t IN ARRAY ARRAY['intake_row', 'penalty', 'licence'] LOOP
    SELECT string_agg(quote_ident(column_name), ', ') INTO readable FROM information_schema.columns
      WHERE table_schema = 'core' AND table_name = t AND column_name NOT IN ('cells', 'subject_sealed', 'representative_sealed', 'representative_lookup');
    EXECUTE format('REVOKE SELECT ON core.%I FROM credit_read', t);
    EXECUTE format('GRANT SELECT (%s) ON core.%I TO credit_read', readable, t);
  END LOOP;
END $$;
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO credit_app', current_database()); END $$;
