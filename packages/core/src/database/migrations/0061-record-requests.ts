import { Migration } from '@mikro-orm/migrations';

/** The requests of identity providers and how they were answered; a partition for each day (docs/decisions/0033-request-log.md). */
export class RecordRequests extends Migration {
  override up(): void {
    this.addSql(requests);
    this.addSql(settings);
    this.addSql(eventsByTime);
  }
}

/** The id has the time in it at which the request came, so days are ranges of ids. */
const requests = `
CREATE TABLE scim_requests (
  account_id uuid NOT NULL,
  id uuid NOT NULL,
  request_id text NOT NULL,
  received_at timestamptz(3) NOT NULL,
  connection_id uuid,
  token_id uuid,
  method text NOT NULL,
  path text NOT NULL,
  resource_type text,
  resource_id uuid,
  resource_name text,
  status integer NOT NULL,
  scim_type text,
  detail text,
  duration_ms integer NOT NULL,
  request_body text,
  request_size integer NOT NULL,
  response_body text,
  response_size integer NOT NULL,
  user_agent text,
  address text NOT NULL,
  CONSTRAINT scim_requests__id PRIMARY KEY (account_id, id)
) PARTITION BY RANGE (id);
CREATE INDEX scim_requests__request ON scim_requests (account_id, request_id);
CREATE INDEX scim_requests__resource ON scim_requests (account_id, resource_id, id) WHERE resource_id IS NOT NULL;
CREATE INDEX scim_requests__connection ON scim_requests (account_id, connection_id, id);
CREATE INDEX scim_requests__status ON scim_requests (account_id, (status / 100), id) WHERE status >= 400;
CREATE INDEX scim_requests__search ON scim_requests
  USING gin (fold(path || chr(10) || coalesce(resource_name, '') || chr(10) || coalesce(detail, '')) gin_trgm_ops);
`;

const settings = `
ALTER TABLE accounts
  ADD COLUMN request_capture text NOT NULL DEFAULT 'ALL'
    CONSTRAINT accounts__request_capture CHECK (request_capture IN ('ALL', 'ERRORS', 'NONE')),
  ADD COLUMN request_days integer NOT NULL DEFAULT 7 CONSTRAINT accounts__request_days CHECK (request_days BETWEEN 1 AND 90);
`;

/** The log is written in the order of time, so a summary of each stretch of it finds what a request did. */
const eventsByTime = `
CREATE INDEX events__occurred_at ON events USING brin (occurred_at) WITH (pages_per_range = 32, autosummarize = on);
`;
