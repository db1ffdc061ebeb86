/// Our own tables. What stands in them is appended or decided upon, never rewritten.
enum Schema {
    static let log = """
        CREATE TABLE meta (
          key TEXT NOT NULL PRIMARY KEY,
          value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- A pinned change of CRS; it counts from the revision `since` on.
        CREATE TABLE operation (
          source TEXT NOT NULL,
          target TEXT NOT NULL,
          definition TEXT NOT NULL,
          name TEXT NOT NULL,
          accuracy REAL,
          since INTEGER NOT NULL CHECK (since > 0),
          PRIMARY KEY (source, target)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE delivery (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          status TEXT NOT NULL CHECK (status IN ('staged', 'accepted', 'rejected', 'undone')),
          file TEXT NOT NULL,
          sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
          role TEXT NOT NULL CHECK (role IN ('parcels', 'streets', 'addresses', 'zones', 'overlay', 'boundary',
                                             'plans', 'provisions', 'events', 'parameters')),
          layer TEXT,
          plan TEXT,
          crs TEXT,
          encoding TEXT,
          accuracy_mm INTEGER CHECK (accuracy_mm >= 0),
          data_day TEXT,
          covers TEXT NOT NULL CHECK (covers IN ('unstated', 'city', 'area')),
          stale_after TEXT,
          staged_at TEXT NOT NULL,
          features INTEGER NOT NULL DEFAULT 0 CHECK (features >= 0),
          faults INTEGER NOT NULL DEFAULT 0 CHECK (faults >= 0),
          revision INTEGER UNIQUE REFERENCES revision (number),
          decided_by TEXT CHECK (decided_by <> ''),
          os_user TEXT,
          reason TEXT,
          decided_at TEXT,
          CHECK ((status = 'staged') = (decided_by IS NULL)),
          CHECK ((decided_by IS NULL) = (os_user IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
          CHECK ((status IN ('accepted', 'undone')) = (revision IS NOT NULL))
        ) STRICT;

        CREATE TABLE revision (
          number INTEGER PRIMARY KEY,
          accepted_at TEXT NOT NULL,
          who TEXT NOT NULL CHECK (who <> ''),
          os_user TEXT NOT NULL,
          reason TEXT,
          parent INTEGER REFERENCES revision (number) CHECK (parent < number),
          root BLOB NOT NULL CHECK (length(root) = 32),
          delivery INTEGER NOT NULL REFERENCES delivery (number)
        ) STRICT;
        CREATE TRIGGER revision_stands_changed BEFORE UPDATE ON revision
        BEGIN SELECT raise(ABORT, 'a revision is never changed'); END;
        CREATE TRIGGER revision_stands_removed BEFORE DELETE ON revision
        BEGIN SELECT raise(ABORT, 'a revision is never removed'); END;
        """

    static let rows = """
        -- One delivered row. `hash` is that of `CanonicalRow`.
        CREATE TABLE record (
          id INTEGER PRIMARY KEY,
          delivery INTEGER NOT NULL REFERENCES delivery (number),
          seq INTEGER NOT NULL CHECK (seq >= -1),
          line TEXT NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('parcels', 'streets', 'addresses', 'zones', 'overlay', 'boundary',
                                             'plans', 'provisions', 'events', 'parameters', 'layer')),
          layer TEXT,
          plan TEXT,
          code TEXT,
          fields TEXT NOT NULL CHECK (fields GLOB '{*}'),
          geometry BLOB,
          original BLOB,
          quarantine TEXT CHECK (quarantine <> ''),
          hash BLOB NOT NULL CHECK (length(hash) = 32),
          UNIQUE (delivery, seq)
        ) STRICT;
        CREATE INDEX record_slot ON record (role, layer, plan);
        CREATE INDEX record_code ON record (role, code);
        CREATE TRIGGER record_stands_changed BEFORE UPDATE ON record
        BEGIN SELECT raise(ABORT, 'a record is never changed'); END;
        CREATE TRIGGER record_stands_removed BEFORE DELETE ON record
        BEGIN SELECT raise(ABORT, 'a record is never removed'); END;

        -- The record holds from the revision `since` on and before `until`; still, where that is null.
        CREATE TABLE version (
          record INTEGER NOT NULL REFERENCES record (id),
          since INTEGER NOT NULL REFERENCES revision (number) DEFERRABLE INITIALLY DEFERRED,
          until INTEGER REFERENCES revision (number) DEFERRABLE INITIALLY DEFERRED CHECK (until > since),
          PRIMARY KEY (record, since)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX version_since ON version (since);
        CREATE INDEX version_until ON version (until) WHERE until IS NOT NULL;

        CREATE TABLE fault (
          id INTEGER PRIMARY KEY,
          delivery INTEGER NOT NULL REFERENCES delivery (number),
          record INTEGER REFERENCES record (id),
          line TEXT NOT NULL,
          code TEXT NOT NULL,
          severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
          message TEXT NOT NULL,
          geometry BLOB
        ) STRICT;
        CREATE INDEX fault_delivery ON fault (delivery);
        CREATE INDEX fault_record ON fault (record) WHERE record IS NOT NULL;
        """

    /// The planner's tables as they stand, for whatever reads SQLite. Not for us: on our connections a schema may not call the
    /// functions of JSON, which this SQLite does not hold to be innocuous.
    static let views = """
        CREATE VIEW plan AS
        SELECT record.code AS id, fields ->> 'title' AS title, fields ->> 'kind' AS kind, fields ->> 'authority' AS authority,
          fields ->> 'number' AS number, fields ->> 'approved' AS approved, fields ->> 'published' AS published,
          fields ->> 'from' AS "from", fields ->> 'until' AS until, fields ->> 'replaces' AS replaces,
          fields ->> 'amends' AS amends, fields ->> 'rank' AS rank, fields ->> 'policy' AS policy, record.id AS record
        FROM record JOIN version ON version.record = record.id AND version.until IS NULL WHERE role = 'plans';

        CREATE VIEW provision AS
        SELECT plan, record.code AS clause, fields ->> 'target' AS target, fields ->> 'parameter' AS parameter,
          fields ->> 'relation' AS relation, fields ->> 'value' AS value, fields ->> 'unit' AS unit,
          fields ->> 'condition' AS condition, fields ->> 'basis' AS basis, fields ->> 'from' AS "from",
          fields ->> 'until' AS until, fields ->> 'text' AS text, record.id AS record
        FROM record JOIN version ON version.record = record.id AND version.until IS NULL WHERE role = 'provisions';

        CREATE VIEW parameter AS
        SELECT record.code AS code, fields ->> 'label_fa' AS label_fa, fields ->> 'label_en' AS label_en,
          fields ->> 'unit' AS unit, fields ->> 'stricter' AS stricter, record.id AS record
        FROM record JOIN version ON version.record = record.id AND version.until IS NULL WHERE role = 'parameters';
        """
}
