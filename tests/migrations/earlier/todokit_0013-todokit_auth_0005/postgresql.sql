CREATE TABLE public.todokit_alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.todokit_auth_alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.todokit_auth_attempt (
    key character varying(64) NOT NULL COLLATE pg_catalog."C",
    failures integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    known_until timestamp with time zone
);

CREATE TABLE public.todokit_auth_mail (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    email character varying(320) NOT NULL,
    user_id uuid,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    error character varying(500),
    security_stamp integer
);

CREATE TABLE public.todokit_auth_oauth (
    provider character varying(64) NOT NULL COLLATE pg_catalog."C",
    subject character varying(255) NOT NULL COLLATE pg_catalog."C",
    user_id uuid NOT NULL,
    email character varying(320) NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.todokit_auth_refresh (
    digest character varying(64) NOT NULL COLLATE pg_catalog."C",
    session_id uuid NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.todokit_auth_revocation (
    session_id uuid NOT NULL,
    revoked_at timestamp with time zone NOT NULL
);

CREATE TABLE public.todokit_auth_session (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    authenticated_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    address character varying(64) NOT NULL,
    user_agent character varying(255) NOT NULL
);

CREATE TABLE public.todokit_auth_ticket (
    digest character varying(64) NOT NULL COLLATE pg_catalog."C",
    purpose character varying(20) NOT NULL,
    user_id uuid NOT NULL,
    email character varying(320) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    security_stamp integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.todokit_auth_token (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name character varying(120) NOT NULL,
    digest character varying(64) NOT NULL COLLATE pg_catalog."C",
    hint character varying(4) NOT NULL,
    scopes json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    used_at timestamp with time zone
);

CREATE TABLE public.todokit_auth_user (
    id uuid NOT NULL,
    email character varying(320) NOT NULL,
    email_key character varying(320) NOT NULL COLLATE pg_catalog."C",
    hashed_password character varying(255),
    name character varying(120) NOT NULL,
    time_zone character varying(64),
    is_active boolean NOT NULL,
    is_verified boolean NOT NULL,
    is_superuser boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    security_stamp integer DEFAULT 0 NOT NULL,
    erase_at timestamp with time zone,
    moved_at timestamp with time zone
);

CREATE TABLE public.todokit_change (
    space_id uuid NOT NULL,
    seq bigint NOT NULL,
    entity character varying(20) NOT NULL,
    entity_id uuid NOT NULL,
    op character varying(20) NOT NULL,
    version integer NOT NULL,
    actor_id character varying(255) NOT NULL COLLATE pg_catalog."C",
    request_id character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    diff json NOT NULL
);

CREATE TABLE public.todokit_idempotency (
    space_id uuid NOT NULL,
    actor_id character varying(255) NOT NULL COLLATE pg_catalog."C",
    key character varying(255) NOT NULL COLLATE pg_catalog."C",
    fingerprint character varying(64) NOT NULL,
    status integer NOT NULL,
    headers json NOT NULL,
    body bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.todokit_job (
    space_id uuid NOT NULL,
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    key character varying(120) NOT NULL COLLATE pg_catalog."C",
    due_at timestamp with time zone NOT NULL,
    run_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    lease_id uuid,
    error character varying(500),
    parked_at timestamp with time zone,
    namespace character varying(100) COLLATE pg_catalog."C",
    user_id character varying(255) COLLATE pg_catalog."C",
    argument json
);

CREATE TABLE public.todokit_label (
    space_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(255) NOT NULL COLLATE pg_catalog."C",
    updated_at timestamp with time zone NOT NULL,
    name character varying(60) NOT NULL,
    name_key character varying(255) NOT NULL COLLATE pg_catalog."C",
    color character varying(7)
);

CREATE TABLE public.todokit_list (
    space_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(255) NOT NULL COLLATE pg_catalog."C",
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    delete_batch_id uuid,
    name character varying(120) NOT NULL,
    description character varying(16384) NOT NULL,
    color character varying(7),
    icon character varying(64),
    "position" character varying(255) NOT NULL COLLATE pg_catalog."C",
    is_inbox boolean NOT NULL,
    archived_at timestamp with time zone,
    extra json DEFAULT '{}'::json NOT NULL
);

CREATE TABLE public.todokit_occurrence (
    space_id uuid NOT NULL,
    id uuid NOT NULL,
    todo_id uuid NOT NULL,
    series_id uuid NOT NULL,
    slot character varying(19) NOT NULL,
    outcome character varying(20) NOT NULL,
    was_last boolean NOT NULL,
    version integer NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    ended_by character varying(255) NOT NULL COLLATE pg_catalog."C",
    status character varying(20) NOT NULL,
    progress json NOT NULL,
    start_local character varying(19),
    start_zone character varying(64),
    start_at timestamp with time zone NOT NULL,
    due_local character varying(19),
    due_zone character varying(64),
    due_at timestamp with time zone NOT NULL,
    deadline date
);

CREATE TABLE public.todokit_reminder (
    space_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(255) NOT NULL COLLATE pg_catalog."C",
    updated_at timestamp with time zone NOT NULL,
    todo_id uuid NOT NULL,
    user_id character varying(255) NOT NULL COLLATE pg_catalog."C",
    at_local character varying(19),
    at_zone character varying(64),
    anchor character varying(10),
    minutes_before integer,
    zone character varying(64) NOT NULL,
    day_minute integer NOT NULL,
    moment timestamp with time zone,
    next_at timestamp with time zone NOT NULL,
    done_moment timestamp with time zone,
    fired_at timestamp with time zone,
    snoozed_until timestamp with time zone
);

CREATE TABLE public.todokit_reset_subtask (
    space_id uuid NOT NULL,
    occurrence_id uuid NOT NULL,
    todo_id uuid NOT NULL,
    status character varying(20) NOT NULL,
    completed_at timestamp with time zone NOT NULL,
    completed_by character varying(255) COLLATE pg_catalog."C",
    closed_batch_id uuid
);

CREATE TABLE public.todokit_space (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(255) COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.todokit_todo (
    space_id uuid NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by character varying(255) NOT NULL COLLATE pg_catalog."C",
    updated_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    delete_batch_id uuid,
    list_id uuid NOT NULL,
    parent_id uuid,
    depth integer NOT NULL,
    title character varying(500) NOT NULL,
    title_key character varying(255) NOT NULL COLLATE pg_catalog."C",
    description character varying(16384) NOT NULL,
    search_text text NOT NULL,
    status character varying(20) NOT NULL,
    priority integer NOT NULL,
    start_local character varying(19),
    start_zone character varying(64),
    start_at timestamp with time zone NOT NULL,
    due_local character varying(19),
    due_zone character varying(64),
    due_at timestamp with time zone NOT NULL,
    deadline date,
    "position" character varying(255) NOT NULL COLLATE pg_catalog."C",
    extra json NOT NULL,
    completed_at timestamp with time zone NOT NULL,
    completed_by character varying(255) COLLATE pg_catalog."C",
    closed_batch_id uuid,
    recurrence json,
    occurrence character varying(19),
    progress json,
    has_occurrences boolean DEFAULT false NOT NULL
);

CREATE TABLE public.todokit_todo_label (
    space_id uuid NOT NULL,
    todo_id uuid NOT NULL,
    label_id uuid NOT NULL
);

CREATE TABLE public.todokit_todo_link (
    space_id uuid NOT NULL,
    todo_id uuid NOT NULL,
    source character varying(120) NOT NULL COLLATE pg_catalog."C",
    type character varying(120) NOT NULL COLLATE pg_catalog."C",
    target_id character varying(120) NOT NULL COLLATE pg_catalog."C",
    url character varying(2000),
    title character varying(500)
);

INSERT INTO public.todokit_alembic_version VALUES
	('todokit_0013');

INSERT INTO public.todokit_auth_alembic_version VALUES
	('todokit_auth_0005');

INSERT INTO public.todokit_auth_attempt VALUES
	('b7cd58685bbcca34190871f605e3bdb93eb327501bfedbf4de6de24bea13e3f3', 1, '2026-03-20 09:16:00+00', NULL),
	('f67c84794e169d4e819b0c1fae9a65e0e473a780b99984eb0714f4aa108ea54c', 1, '2026-03-20 09:17:00+00', NULL),
	('ab693da0cb0ae96090f8675889cdd9c263ba882ed0eeb16ae641a4edc55102e1', 1, '2026-03-20 09:18:00+00', NULL),
	('f0ebf2bd5960e3bca1996db66e1bf0dcbeb36c4acb796ca14ba281e3a70b3618', 3, '2026-03-20 09:16:00+00', NULL),
	('cce00e058401d4f2e3c4aff6a78506962ef13130781ddbae49af417bc96f5582', 0, '2026-03-20 09:18:00+00', NULL),
	('6ce897b993ff4f49818144883f30b81ac99b24ca5b39b26a2b170413fd06dd49', 0, '2026-03-28 11:55:00+00', '2026-06-26 11:55:00+00'),
	('168484ec7ef5774ff9e27e68b301eedc1e9de39302ae14714f7c0efc13f72aa2', 0, '2026-03-28 11:55:00+00', NULL),
	('73cce122b4558033e156d93b493c5f17193531b8c023b2169a3c6cd0f889c17f', 0, '2026-03-28 11:55:00+00', NULL),
	('7e48155fa8caf825a76f9461b019c0717fdedbd2a6ce911529b99dd71b2c7996', 0, '2026-03-28 11:55:00+00', '2026-06-26 11:55:00+00'),
	('a5f80a2e83dff1d5662213b65e7feccea630caf5019f25fd0506bb7f4cef3a49', 1, '2026-03-28 11:55:00+00', NULL),
	('db5391aee09fa6129b56eb8e77f1a982a1b9a02aee133f1e7278341b926a107e', 1, '2026-03-28 11:55:00+00', NULL);

INSERT INTO public.todokit_auth_mail VALUES
	('019d0a42-24a7-7427-9424-42f78ef066d4', 'verify', 'eve@example.com', NULL, '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', 0, NULL, NULL);

INSERT INTO public.todokit_auth_oauth VALUES
	('elsewhere', 'subject-4711', '019d0a42-24a0-7cad-b720-85491da3b7e2', 'dora@elsewhere.example', '2026-03-28 11:55:00+00');

INSERT INTO public.todokit_auth_refresh VALUES
	('f5268bb1e6f415becdbf2e89bde1f19f41c116c9c7aa8f5b3ba857f3e015f638', '019d0a42-24aa-70ac-aff1-d32ad8ab0b30', NULL),
	('b14ffcc91888dff5d7adcc3df7ce61cd36966901e2bba4b1fc18f324de53b2a2', '019d0a42-252c-7208-ba5a-a86bf55e3aa2', NULL),
	('4373acb60a5b5e56c33345d4975aa5df10e8630475ce6eba4d94fee77572d233', '019d0a42-252e-7eab-b7d7-9bdebeebb4ea', NULL);

INSERT INTO public.todokit_auth_session VALUES
	('019d0a42-24aa-70ac-aff1-d32ad8ab0b30', '019d0a42-24a0-7cad-b720-85491da3b7e2', '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', '2026-04-19 09:18:00+00', '192.0.2.1', 'a client'),
	('019d0a42-252c-7208-ba5a-a86bf55e3aa2', '019d0a42-24a0-7cad-b720-85491da3b7e2', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-04-27 11:55:00+00', '192.0.2.1', 'a client'),
	('019d0a42-252e-7eab-b7d7-9bdebeebb4ea', '019d0a42-24a4-7df3-91d1-776727896389', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-04-27 11:55:00+00', '192.0.2.1', 'a client');

INSERT INTO public.todokit_auth_token VALUES
	('019d0a42-2532-7306-b20e-285109c67417', '019d0a42-24a0-7cad-b720-85491da3b7e2', 'program', '9a98d9cc87456739dd1ce7bac42b0a79e588deed2ef0e399e01c819ee379e582', 'UxdW', '["account:read","todos:read","todos:write"]', '2026-03-28 12:00:00+00', NULL, '2026-03-28 12:00:00+00'),
	('019d0a42-2535-75b4-a872-e860ca20854d', '019d0a42-24a0-7cad-b720-85491da3b7e2', 'reader', 'f417111b7b05be1fe624b14fb30ffb1fa7fe9f9b95fe4cc295a52ed70896eef7', 'Kn12', '["todos:read"]', '2026-03-28 12:00:00+00', '2027-01-01 00:00:00+00', '2026-03-28 12:00:00+00');

INSERT INTO public.todokit_auth_user VALUES
	('019d0a42-24a0-7cad-b720-85491da3b7e2', 'Dora@example.com', 'dora@example.com', '$argon2id$v=19$m=19456,t=2,p=1$JZS0kQnugTcwBKgsWCj5vQ$tsa3akpLzs+CuVZvkpshYJXcjKZ0Dh+5Gyb+frIqJtQ', 'Dora', 'Europe/Berlin', true, true, false, 2, '2026-03-20 09:16:00+00', '2026-03-20 09:16:00+00', 2, NULL, NULL),
	('019d0a42-24a4-7df3-91d1-776727896389', 'sue@example.com', 'sue@example.com', '$argon2id$v=19$m=19456,t=2,p=1$6ukQF1NPPD2YEo5go01w6g$q+wWNz1IJpb/1s0qLhLEX2mX/5hatoXsttxYJIMKZT0', 'sue', 'Europe/Berlin', true, true, true, 2, '2026-03-20 09:17:00+00', '2026-03-20 09:17:00+00', 2, NULL, NULL),
	('019d0a42-24a8-7f24-bc0f-619a5decc06a', 'eve@example.com', 'eve@example.com', '$argon2id$v=19$m=19456,t=2,p=1$EVw7gRQfjhz4vfSfiwYWVQ$4blezk4WZKP05zxDaG5Voe9wbObiNaix+juUIAwpI9Q', 'eve', 'Europe/Berlin', true, false, false, 1, '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', 0, NULL, NULL);

INSERT INTO public.todokit_change VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 1, 'list', '019d0a42-2401-7e3e-8297-4bcd6baa9455', 'created', 1, 'ann', '019d0a4224007d82b082532b629f6fbe', '2026-03-20 08:01:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 2, 'list', '019d0a42-2403-77c6-bac4-59ec67a9c378', 'created', 1, 'ann', '019d0a4224027424a0b8b998f728b4fa', '2026-03-20 08:02:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 3, 'list', '019d0a42-2405-7f7c-96ea-47eb7a024204', 'created', 1, 'ann', '019d0a4224047c8a936979c2d4713d60', '2026-03-20 08:03:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 4, 'list', '019d0a42-2407-737e-88e9-dc4681332876', 'created', 1, 'ann', '019d0a4224067955ba1e8584e443df78', '2026-03-20 08:04:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 5, 'list', '019d0a42-2403-77c6-bac4-59ec67a9c378', 'moved', 2, 'ann', '019d0a4224087482b05f189e23c6612f', '2026-03-20 08:05:00+00', '{"position":["a1","Zz"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 6, 'todo', '019d0a42-240a-7402-ba39-485afcbd04c3', 'created', 1, 'ann', '019d0a4224097184b32969689e4d6e3c', '2026-03-20 08:06:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 7, 'list', '019d0a42-2405-7f7c-96ea-47eb7a024204', 'archived', 2, 'ann', '019d0a42240b7885ad218ac8fb97d435', '2026-03-20 08:07:00+00', '{"archived_at":[null,"2026-03-20T08:07:00Z"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 8, 'todo', '019d0a42-240d-7259-8652-237b4f65d4d9', 'created', 1, 'ann', '019d0a42240c7cf6b9bd16429a164106', '2026-03-20 08:08:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 9, 'todo', '019d0a42-240d-7259-8652-237b4f65d4d9', 'deleted', 2, 'ann', '019d0a42240e7badb986910712e0c8b2', '2026-03-20 08:09:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 10, 'list', '019d0a42-2407-737e-88e9-dc4681332876', 'deleted', 2, 'ann', '019d0a42240e7badb986910712e0c8b2', '2026-03-20 08:09:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 11, 'label', '019d0a42-2411-75a9-943c-91156f25e2a2', 'created', 1, 'ann', '019d0a422410778d8671e37d8f4ff31e', '2026-03-20 08:10:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 12, 'label', '019d0a42-2413-7345-a35c-8c41f77383c1', 'created', 1, 'ann', '019d0a42241279c6ba6ec5efa3f2c9bf', '2026-03-20 08:11:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 13, 'label', '019d0a42-2415-7857-83fc-638042af9fc3', 'created', 1, 'ann', '019d0a42241477a1b7613ce771545a13', '2026-03-20 08:12:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 14, 'todo', '019d0a42-2417-7ea7-85f8-2a8f03983ca8', 'created', 1, 'ann', '019d0a4224167ce1a31de3a9eb2083e6', '2026-03-20 08:13:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 15, 'todo', '019d0a42-2417-7ea7-85f8-2a8f03983ca8', 'updated', 2, 'ann', '019d0a4224187b839986532cd71037d1', '2026-03-20 08:14:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 16, 'label', '019d0a42-2415-7857-83fc-638042af9fc3', 'deleted', 2, 'ann', '019d0a4224187b839986532cd71037d1', '2026-03-20 08:14:00+00', '{"merged_into":[null,"019d0a42-2413-7345-a35c-8c41f77383c1"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 17, 'todo', '019d0a42-2417-7ea7-85f8-2a8f03983ca8', 'updated', 3, 'ann', '019d0a4224197b5db23e38f4d3290a4c', '2026-03-20 08:15:00+00', '{"description":["","ﬁne print\n- [ ] a ''quote'', a \\ and \"two\""]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 18, 'todo', '019d0a42-241b-79ca-b4fe-fd1e7e5b1e7f', 'created', 1, 'ann', '019d0a42241a7ab08012b951a0116be5', '2026-03-20 08:16:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 19, 'todo', '019d0a42-241d-7baf-ad08-7aba534097ca', 'created', 1, 'ann', '019d0a42241c7de18f9c3c5a55485822', '2026-03-20 08:17:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 20, 'todo', '019d0a42-241f-7eac-8e30-658b9148624f', 'created', 1, 'ann', '019d0a42241e7ded8c3a7173101fbccc', '2026-03-20 08:18:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 21, 'todo', '019d0a42-241f-7eac-8e30-658b9148624f', 'moved', 2, 'ann', '019d0a42242073d1bdec2df4cda8056c', '2026-03-20 08:19:00+00', '{"position":["a1","Zz"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 22, 'list', '019d0a42-2422-772a-8526-06341759edc3', 'created', 1, 'ann', '019d0a4224217247a2c058f0cd9d2b7d', '2026-03-20 08:20:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 23, 'todo', '019d0a42-2423-7fe4-b801-6e1851ef1922', 'created', 1, 'ann', '019d0a4224217247a2c058f0cd9d2b7d', '2026-03-20 08:20:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 24, 'todo', '019d0a42-2425-77d4-934a-e77a1beb3711', 'created', 1, 'ann', '019d0a4224247820bbb38ca2ff7b118e', '2026-03-20 08:21:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 25, 'todo', '019d0a42-2427-71ff-954b-c8ce8c25166a', 'created', 1, 'ann', '019d0a42242678d1ad384d5f4a84eb03', '2026-03-20 08:22:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 26, 'todo', '019d0a42-2429-7340-b329-d051f6be1f72', 'created', 1, 'ann', '019d0a4224287d08a29401b0ec188efb', '2026-03-20 08:23:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 27, 'todo', '019d0a42-242b-749a-85dd-4cdb71eacd05', 'created', 1, 'ann', '019d0a42242a79a6a59b849d8c1745a7', '2026-03-20 08:24:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 28, 'todo', '019d0a42-242d-7512-8f7e-af02935ddd72', 'created', 1, 'ann', '019d0a42242c798a98a23869cc457821', '2026-03-20 08:25:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 29, 'todo', '019d0a42-242f-7d24-821c-38572fcd81b5', 'created', 1, 'ann', '019d0a42242e74a58c1efcc92f120554', '2026-03-20 08:26:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 30, 'todo', '019d0a42-2431-7429-846b-e48f79fdef7c', 'created', 1, 'ann', '019d0a42243079cdaa06b51dfb3675b8', '2026-03-20 08:27:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 31, 'todo', '019d0a42-242b-749a-85dd-4cdb71eacd05', 'completed', 2, 'ann', '019d0a422432716fb07c952eadc0da7a', '2026-03-20 08:28:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:28:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 32, 'todo', '019d0a42-242d-7512-8f7e-af02935ddd72', 'cancelled', 2, 'ann', '019d0a4224347ec6b5eade4a09e469e6', '2026-03-20 08:29:00+00', '{"status":["needs_action","cancelled"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 33, 'todo', '019d0a42-242f-7d24-821c-38572fcd81b5', 'completed', 2, 'ann', '019d0a4224367ec4a299306ed450fe4a', '2026-03-20 08:30:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:30:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 34, 'todo', '019d0a42-242f-7d24-821c-38572fcd81b5', 'reopened', 3, 'ann', '019d0a4224387b4891a3fd4f864a7a50', '2026-03-20 08:31:00+00', '{"status":["completed","needs_action"],"completed_at":["2026-03-20T08:30:00Z",null],"completed_by":["ann",null]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 35, 'todo', '019d0a42-2431-7429-846b-e48f79fdef7c', 'deleted', 2, 'ann', '019d0a42243978598f1275dbcfc6e625', '2026-03-20 08:32:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 36, 'todo', '019d0a42-243c-7f32-a519-b91c6b5f5241', 'created', 1, 'ann', '019d0a42243b7adfb4d11d2496fd35d0', '2026-03-20 08:33:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 37, 'todo', '019d0a42-243e-7a90-bfc2-b03ca425799a', 'created', 1, 'ann', '019d0a42243d74679f87aa7173581a81', '2026-03-20 08:34:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 38, 'todo', '019d0a42-2440-7cb1-8545-995c5b7c709a', 'created', 1, 'ann', '019d0a42243f7b34bee0a183eabca8d0', '2026-03-20 08:35:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 39, 'todo', '019d0a42-2442-77c8-a854-5581964a870c', 'created', 1, 'ann', '019d0a42244175308761e3e79cdf5a86', '2026-03-20 08:36:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 40, 'todo', '019d0a42-2444-73e3-aed0-b82c0426465e', 'created', 1, 'ann', '019d0a422443755d8c2f2ac3d8570102', '2026-03-20 08:37:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 41, 'todo', '019d0a42-2446-7387-b2da-728e5f3f5638', 'created', 1, 'ann', '019d0a4224457456ad242d821dfc8352', '2026-03-20 08:38:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 42, 'todo', '019d0a42-2446-7387-b2da-728e5f3f5638', 'completed', 2, 'ann', '019d0a42244772ba9b45bb86552116dd', '2026-03-20 08:39:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:39:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 43, 'todo', '019d0a42-244a-7b29-82e5-1d6c38018b47', 'created', 1, 'ann', '019d0a4224497c87b6bd9b172577bffa', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 44, 'todo', '019d0a42-244b-7d12-a896-d67f92e8e269', 'created', 1, 'ann', '019d0a4224497c87b6bd9b172577bffa', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 45, 'todo', '019d0a42-244c-7e8f-a230-4cabefbfc19e', 'created', 1, 'ann', '019d0a4224497c87b6bd9b172577bffa', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 46, 'todo', '019d0a42-244d-79a2-84bc-5d7fae3b16ec', 'created', 1, 'ann', '019d0a4224497c87b6bd9b172577bffa', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 47, 'todo', '019d0a42-244e-706d-a8a3-d6ac1fdb8b32', 'created', 1, 'ann', '019d0a4224497c87b6bd9b172577bffa', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 48, 'todo', '019d0a42-244f-7304-b520-21979b38fe80', 'created', 1, 'ann', '019d0a4224497c87b6bd9b172577bffa', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 49, 'todo', '019d0a42-244b-7d12-a896-d67f92e8e269', 'completed', 2, 'ann', '019d0a4224507937990993351ea45cd6', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 50, 'todo', '019d0a42-244c-7e8f-a230-4cabefbfc19e', 'completed', 2, 'ann', '019d0a4224507937990993351ea45cd6', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 51, 'todo', '019d0a42-244d-79a2-84bc-5d7fae3b16ec', 'completed', 2, 'ann', '019d0a4224507937990993351ea45cd6', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 52, 'todo', '019d0a42-244e-706d-a8a3-d6ac1fdb8b32', 'completed', 2, 'ann', '019d0a4224507937990993351ea45cd6', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 53, 'todo', '019d0a42-244f-7304-b520-21979b38fe80', 'completed', 2, 'ann', '019d0a4224507937990993351ea45cd6', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 54, 'todo', '019d0a42-244a-7b29-82e5-1d6c38018b47', 'completed', 2, 'ann', '019d0a4224507937990993351ea45cd6', '2026-03-20 08:41:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:41:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 55, 'todo', '019d0a42-2453-79b0-8c74-2d990589f877', 'created', 1, 'ann', '019d0a4224527fb082543f441db53334', '2026-03-20 08:42:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 56, 'todo', '019d0a42-2455-7b7d-9eab-c3a21fb797fa', 'created', 1, 'ann', '019d0a4224547f608bd6948af87f43fd', '2026-03-20 08:43:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 57, 'todo', '019d0a42-2457-70fa-ab7a-6cadefdd35f8', 'created', 1, 'ann', '019d0a422456735eb33f6ea6ba26d851', '2026-03-20 08:44:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 58, 'todo', '019d0a42-2455-7b7d-9eab-c3a21fb797fa', 'deleted', 2, 'ann', '019d0a422458705d9b3d56c58b53031d', '2026-03-20 08:45:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 59, 'todo', '019d0a42-2457-70fa-ab7a-6cadefdd35f8', 'deleted', 2, 'ann', '019d0a422458705d9b3d56c58b53031d', '2026-03-20 08:45:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 60, 'todo', '019d0a42-245b-7126-9344-979fa59cec98', 'created', 1, 'ann', '019d0a42245a74288e22111e11ebcd49', '2026-03-20 08:46:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 61, 'todo', '019d0a42-245e-70a1-8675-7e5c98b33c6e', 'created', 1, 'ann', '019d0a42245d70fa9de57a6180ee526e', '2026-03-20 08:47:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 62, 'todo', '019d0a42-245b-7126-9344-979fa59cec98', 'completed', 2, 'ann', '019d0a42245f7b30990aab52fcfcfa81', '2026-03-20 08:48:00+00', '{"due":[{"date":"2026-03-16"},{"date":"2026-03-23"}],"occurrence":["2026-03-16","2026-03-23"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 63, 'todo', '019d0a42-245b-7126-9344-979fa59cec98', 'skipped', 3, 'ann', '019d0a4224617e789e180580bb4a06cb', '2026-03-20 08:49:00+00', '{"due":[{"date":"2026-03-23"},{"date":"2026-03-26"}],"occurrence":["2026-03-23","2026-03-26"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 64, 'todo', '019d0a42-2464-7ac3-bddb-efee3412fc12', 'created', 1, 'ann', '019d0a422463791daca7119f2b5f6932', '2026-03-20 08:50:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 65, 'todo', '019d0a42-2464-7ac3-bddb-efee3412fc12', 'completed', 2, 'ann', '019d0a4224667ad1b61b6fc428805c5d', '2026-03-20 08:51:00+00', '{"due":[{"datetime":"2026-03-20T18:00:00"},{"datetime":"2026-03-22T18:00:00"}],"occurrence":["2026-03-20T18:00:00","2026-03-22T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 66, 'todo', '019d0a42-2464-7ac3-bddb-efee3412fc12', 'completed', 3, 'ann', '019d0a4224687402a631d4811e01a934', '2026-03-20 08:52:00+00', '{"due":[{"datetime":"2026-03-22T18:00:00"},{"datetime":"2026-03-24T18:00:00"}],"occurrence":["2026-03-22T18:00:00","2026-03-24T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 67, 'todo', '019d0a42-2464-7ac3-bddb-efee3412fc12', 'undone', 4, 'ann', '019d0a42246a72cc9e2f1c5d0361524c', '2026-03-20 08:53:00+00', '{"due":[{"datetime":"2026-03-24T18:00:00"},{"datetime":"2026-03-22T18:00:00"}],"occurrence":["2026-03-24T18:00:00","2026-03-22T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 68, 'todo', '019d0a42-2464-7ac3-bddb-efee3412fc12', 'completed', 5, 'ann', '019d0a42246b7ae6b99b34db68ef8f5f', '2026-03-20 08:54:00+00', '{"due":[{"datetime":"2026-03-22T18:00:00"},{"datetime":"2026-03-24T18:00:00"}],"occurrence":["2026-03-22T18:00:00","2026-03-24T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 69, 'todo', '019d0a42-246e-75b6-b59c-3d9a637e0edc', 'created', 1, 'ann', '019d0a42246d7eaea98820504fbaecc0', '2026-03-20 08:55:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 70, 'todo', '019d0a42-246e-75b6-b59c-3d9a637e0edc', 'completed', 2, 'ann', '019d0a42247078f880cbc1b2b0d9c2aa', '2026-03-20 08:56:00+00', '{"due":[{"datetime":"2026-01-31T09:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-01T09:00:00","timezone":"Europe/Berlin"}],"occurrence":["2026-01-31T09:00:00","2026-03-01T09:00:00"],"start":[{"datetime":"2026-01-31T08:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-01T08:00:00","timezone":"Europe/Berlin"}]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 71, 'todo', '019d0a42-246e-75b6-b59c-3d9a637e0edc', 'skipped', 3, 'ann', '019d0a422472755f82ecb0fcbd30291a', '2026-03-20 08:57:00+00', '{"due":[{"datetime":"2026-03-01T09:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-31T09:00:00","timezone":"Europe/Berlin"}],"occurrence":["2026-03-01T09:00:00","2026-03-31T09:00:00"],"start":[{"datetime":"2026-03-01T08:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-31T08:00:00","timezone":"Europe/Berlin"}]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 72, 'todo', '019d0a42-2475-77b5-a70c-766c5a2b745b', 'created', 1, 'ann', '019d0a42247473d7bd001235c31d5a97', '2026-03-20 08:58:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 73, 'todo', '019d0a42-2475-77b5-a70c-766c5a2b745b', 'completed', 2, 'ann', '019d0a4224777971b9159a5ff2686baa', '2026-03-20 08:59:00+00', '{"due":[{"date":"2026-03-22"},{"date":"2026-03-23"}],"occurrence":["2026-03-22","2026-03-23"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 74, 'todo', '019d0a42-2475-77b5-a70c-766c5a2b745b', 'completed', 3, 'ann', '019d0a422479721e93dbea61b732d46f', '2026-03-20 09:00:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:00:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 75, 'todo', '019d0a42-247d-7b2d-8a3e-bf41559b5975', 'created', 1, 'ann', '019d0a42247c70068c4eccad98363189', '2026-03-20 09:01:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 76, 'todo', '019d0a42-247d-7b2d-8a3e-bf41559b5975', 'completed', 2, 'ann', '019d0a42247f772bad765fbd60ef1471', '2026-03-20 09:02:00+00', '{"due":[{"date":"2026-03-22"},{"date":"2027-03-22"}],"occurrence":["2026-03-22","2027-03-22"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 77, 'todo', '019d0a42-247d-7b2d-8a3e-bf41559b5975', 'deleted', 3, 'ann', '019d0a4224817dfe8204d7566a1689ad', '2026-03-20 09:03:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 1, 'list', '019d0a42-2484-7a98-82fe-703bb5816b74', 'created', 1, 'ben', '019d0a4224837914b16b7da06b10e53a', '2026-03-20 09:04:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 2, 'todo', '019d0a42-2485-72a6-8416-b69a720299e3', 'created', 1, 'ben', '019d0a4224837914b16b7da06b10e53a', '2026-03-20 09:04:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 3, 'todo', '019d0a42-2485-72a6-8416-b69a720299e3', 'completed', 2, 'ben', '019d0a4224877724b8a2f27f870f084c', '2026-03-20 09:05:00+00', '{"due":[{"datetime":"2026-03-15T20:00:00"},{"datetime":"2026-03-22T20:00:00"}],"occurrence":["2026-03-15T20:00:00","2026-03-22T20:00:00"],"deadline":["2027-01-01","2027-01-08"]}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 4, 'todo', '019d0a42-248a-7e24-9fa7-3e1309f6048f', 'created', 1, 'ben', '019d0a42248979a980012213c167733f', '2026-03-20 09:06:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 1, 'list', '019d0a42-248c-7778-b3c7-68440cc36d8c', 'created', 1, 'ann', '019d0a42248b7537b59d7afd4fe30c9a', '2026-03-20 09:07:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 2, 'label', '019d0a42-248e-7cff-8c08-36976a46721a', 'created', 1, 'ann', '019d0a42248d7d29be58e9fbe00111e5', '2026-03-20 09:08:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 3, 'todo', '019d0a42-2490-7a21-8557-862cfa83ada4', 'created', 1, 'dan', '019d0a42248f78c6bda26929ffda0336', '2026-03-20 09:09:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 4, 'todo', '019d0a42-2492-7fca-99b7-5de503c54c71', 'created', 1, 'ann', '019d0a4224917d66885a77e0b9bdee2d', '2026-03-20 09:10:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 5, 'todo', '019d0a42-2494-750f-8daa-635d00de59f5', 'created', 1, 'ann', '019d0a4224937f319ab81354adb328cb', '2026-03-20 09:11:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 6, 'todo', '019d0a42-2494-750f-8daa-635d00de59f5', 'completed', 2, 'dan', '019d0a422495703ab04de2f9b7a28e0a', '2026-03-20 09:12:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:12:00Z"],"completed_by":[null,"dan"]}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 7, 'todo', '019d0a42-2498-7190-879c-1f1430c1fb6a', 'created', 1, 'dan', '019d0a4224977acfa72c05f08741ae91', '2026-03-20 09:13:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 8, 'todo', '019d0a42-2498-7190-879c-1f1430c1fb6a', 'deleted', 2, 'dan', '019d0a42249979bb8cb47e06a636425c', '2026-03-20 09:14:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 9, 'reminder', '019d0a42-249c-719a-b6a6-ec0579c147c7', 'created', 1, 'dan', '019d0a42249b7b048ba982e6fa7ff8bf', '2026-03-20 09:15:00+00', '{}'),
	('3294d731-d0fe-5563-9716-d7a247b4b077', 1, 'list', '019d0a42-24ac-7a7c-ad97-44897e969cf3', 'created', 1, '019d0a42-24a0-7cad-b720-85491da3b7e2', '019d0a4224ab7f61a6e2dc68b38a05fb', '2026-03-20 09:19:00+00', '{}'),
	('3294d731-d0fe-5563-9716-d7a247b4b077', 2, 'todo', '019d0a42-24ad-7a4e-9d5a-c1c5e7180322', 'created', 1, '019d0a42-24a0-7cad-b720-85491da3b7e2', '019d0a4224ab7f61a6e2dc68b38a05fb', '2026-03-20 09:19:00+00', '{}'),
	('3294d731-d0fe-5563-9716-d7a247b4b077', 3, 'list', '019d0a42-24b0-7353-a593-76dd6025f0ae', 'created', 1, '019d0a42-24a0-7cad-b720-85491da3b7e2', '019d0a4224af7df18b69136889b5b368', '2026-03-20 09:20:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 78, 'todo', '019d0a42-24b2-726a-9556-90214578bab3', 'created', 1, 'ann', '019d0a4224b174a888dc7a8b0247145f', '2026-03-20 09:21:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 79, 'reminder', '019d0a42-24b4-7b7e-95a5-fc5f17fd3736', 'created', 1, 'ann', '019d0a4224b3756697803a9bca24be4d', '2026-03-20 09:22:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 80, 'reminder', '019d0a42-24b7-7264-a557-439dfb5eb866', 'created', 1, 'ann', '019d0a4224b670a88a7cb0f14505f4f6', '2026-03-20 09:23:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 81, 'reminder', '019d0a42-24ba-74b1-9e98-9c8b1d69d9fc', 'created', 1, 'ann', '019d0a4224b97fd4884c09838c69778f', '2026-03-20 09:24:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 82, 'todo', '019d0a42-24bd-7db6-aea2-60b785e69ea9', 'created', 1, 'ann', '019d0a4224bc70c58b7e59d14ed13553', '2026-03-20 09:25:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 83, 'reminder', '019d0a42-24bf-7d5e-9326-82b85419eefc', 'created', 1, 'ann', '019d0a4224be712299cd85f64d7bd307', '2026-03-20 09:26:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 84, 'reminder', '019d0a42-24c1-78f9-9ecb-86e0e89dc815', 'created', 1, 'ann', '019d0a4224c076a2865c93381bd09448', '2026-03-20 09:27:00+00', '{}');
INSERT INTO public.todokit_change VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 85, 'reminder', '019d0a42-24c4-757f-9ea9-5a861fd3c017', 'created', 1, 'ann', '019d0a4224c37cc4b3fd315af9ea2c64', '2026-03-20 09:28:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 5, 'todo', '019d0a42-24c7-755c-abf9-9e42bc18a40b', 'created', 1, 'ben', '019d0a4224c676d39352617709aedbd0', '2026-03-20 09:29:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 6, 'reminder', '019d0a42-24c9-72aa-a420-8fb6a0722aa0', 'created', 1, 'ben', '019d0a4224c87e4fbadc2e9927d99a23', '2026-03-20 09:30:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 7, 'reminder', '019d0a42-24cc-710d-856b-39e8ceca2ee3', 'created', 1, 'ben', '019d0a4224cb7fdd8590205aa38d8afc', '2026-03-20 09:31:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 8, 'todo', '019d0a42-24cf-7191-a39d-47ad64d09913', 'created', 1, 'ben', '019d0a4224ce70fa8080a18762830869', '2026-03-20 09:32:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 9, 'reminder', '019d0a42-24d1-7eb8-b273-52be7d161f29', 'created', 1, 'ben', '019d0a4224d0784d9cb4f3174a31b243', '2026-03-20 09:33:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 10, 'todo', '019d0a42-24cf-7191-a39d-47ad64d09913', 'completed', 2, 'ben', '019d0a4224d37379855abd166c4c3935', '2026-03-20 09:34:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:34:00Z"],"completed_by":[null,"ben"]}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 11, 'todo', '019d0a42-24d6-7c6f-9b99-20102aa50f4e', 'created', 1, 'ben', '019d0a4224d57ffca574601442cb6d1d', '2026-03-20 09:35:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 12, 'reminder', '019d0a42-24d8-7105-b744-e099d26d5396', 'created', 1, 'ben', '019d0a4224d77312875c5cf95bc7fdeb', '2026-03-20 09:36:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 13, 'todo', '019d0a42-24db-7c09-8ce8-7470ad4ab155', 'created', 1, 'ben', '019d0a4224da7e729ce73522869bdbd2', '2026-03-20 09:37:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 14, 'reminder', '019d0a42-24dd-741a-a906-196f350d278d', 'created', 1, 'ben', '019d0a4224dc71e7997812647f411fed', '2026-03-20 09:38:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 86, 'reminder', '019d0a42-24ba-74b1-9e98-9c8b1d69d9fc', 'fired', 2, 'system:worker', '019d0a4224e77856ab79f3bc7ed2ec2f', '2026-03-27 10:00:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 87, 'reminder', '019d0a42-24b7-7264-a557-439dfb5eb866', 'fired', 2, 'system:worker', '019d0a4224ec79c18e0060e6ee6a8e2f', '2026-03-27 10:00:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 88, 'reminder', '019d0a42-24b4-7b7e-95a5-fc5f17fd3736', 'fired', 2, 'system:worker', '019d0a4224f17dfda690c7de41c30359', '2026-03-27 10:00:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 89, 'reminder', '019d0a42-24ba-74b1-9e98-9c8b1d69d9fc', 'updated', 3, 'ann', '019d0a42251c7694a72740fc09018aee', '2026-03-28 08:02:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 90, 'todo', '019d0a42-2520-7084-a783-7d16992a34a1', 'created', 1, 'ann', '019d0a42251f7c73814b6ab426c00984', '2026-03-28 08:04:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 91, 'todo', '019d0a42-2520-7084-a783-7d16992a34a1', 'updated', 2, 'ann', '019d0a42252271afa3252be6b3386c3e', '2026-03-28 08:06:00+00', '{"priority":[0,2]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 92, 'todo', '019d0a42-245b-7126-9344-979fa59cec98', 'completed', 4, 'ann', '019d0a4225247622b1b0dd13c88e03b6', '2026-03-28 08:08:00+00', '{"due":[{"date":"2026-03-26"},{"date":"2026-03-30"}],"occurrence":["2026-03-26","2026-03-30"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 93, 'list', '019d0a42-2527-7b36-a751-324f7799a8e2', 'created', 1, 'ann', '019d0a4225267e19a70c33aa0f66b32d', '2026-03-28 08:09:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 94, 'label', '019d0a42-2529-7a68-be0c-0c921fd3af07', 'created', 1, 'ann', '019d0a4225287a1d959f9618ef151673', '2026-03-28 08:10:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 95, 'label', '019d0a42-2529-7a68-be0c-0c921fd3af07', 'deleted', 2, 'ann', '019d0a42252a7aeba7cf7625b6af98b2', '2026-03-28 08:11:00+00', '{}');

INSERT INTO public.todokit_idempotency VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 0', 'b0080eacd3e1b1e488df93f37ec46f83faf67542d480fcce555448af1e55de60', 201, '{"etag":"\"1\"","location":"/api/todos/019d0a42-2520-7084-a783-7d16992a34a1","content-length":"483","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323532302d373038342d613738332d376431363939326133346131222c226c6973745f6964223a2230313964306134322d323432322d373732612d383532362d303633343137353965646333222c22706172656e745f6964223a6e756c6c2c227469746c65223a226d616465206f6e6365222c226465736372697074696f6e223a22222c22737461747573223a226e656564735f616374696f6e222c227072696f72697479223a302c227374617274223a6e756c6c2c22647565223a6e756c6c2c22646561646c696e65223a6e756c6c2c22726563757272656e6365223a6e756c6c2c226f6363757272656e6365223a6e756c6c2c22706f736974696f6e223a226152222c226c6162656c5f696473223a5b5d2c226c696e6b73223a5b5d2c226578747261223a7b22c3bc223a312e357d2c22636f6d706c657465645f6174223a6e756c6c2c22636f6d706c657465645f6279223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32385430383a30343a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30343a30305a222c2276657273696f6e223a312c2264656c657465645f6174223a6e756c6c7d', '2026-03-28 08:04:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 1', '9db862465251e01718c751ff3dd4d934c8543faa1b61609224688d79a9c1d863', 200, '{"etag":"\"2\"","content-length":"483","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323532302d373038342d613738332d376431363939326133346131222c226c6973745f6964223a2230313964306134322d323432322d373732612d383532362d303633343137353965646333222c22706172656e745f6964223a6e756c6c2c227469746c65223a226d616465206f6e6365222c226465736372697074696f6e223a22222c22737461747573223a226e656564735f616374696f6e222c227072696f72697479223a322c227374617274223a6e756c6c2c22647565223a6e756c6c2c22646561646c696e65223a6e756c6c2c22726563757272656e6365223a6e756c6c2c226f6363757272656e6365223a6e756c6c2c22706f736974696f6e223a226152222c226c6162656c5f696473223a5b5d2c226c696e6b73223a5b5d2c226578747261223a7b22c3bc223a312e357d2c22636f6d706c657465645f6174223a6e756c6c2c22636f6d706c657465645f6279223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32385430383a30343a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30363a30305a222c2276657273696f6e223a322c2264656c657465645f6174223a6e756c6c7d', '2026-03-28 08:06:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 2', 'f8b99960fe4290c0accec82ad422192bd7d57806beab564fbf2a4d7a3c3ed16b', 200, '{"etag":"\"4\"","content-length":"641","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323435622d373132362d393334342d393739666135396365633938222c226c6973745f6964223a2230313964306134322d323432322d373732612d383532362d303633343137353965646333222c22706172656e745f6964223a6e756c6c2c227469746c65223a227765656b6c79222c226465736372697074696f6e223a22222c22737461747573223a226e656564735f616374696f6e222c227072696f72697479223a302c227374617274223a6e756c6c2c22647565223a7b2264617465223a22323032362d30332d3330227d2c22646561646c696e65223a6e756c6c2c22726563757272656e6365223a7b227272756c65223a22465245513d5745454b4c593b42594441593d4d4f2c5448222c226d6f6465223a227363686564756c65222c22736b6970223a226261636b77617264222c2263617463685f7570223a226e6578745f667574757265222c2272657365745f7375627461736b73223a747275652c2265786461746573223a5b22323032362d30342d3036225d7d2c226f6363757272656e6365223a22323032362d30332d3330222c22706f736974696f6e223a22614b222c226c6162656c5f696473223a5b5d2c226c696e6b73223a5b5d2c226578747261223a7b226e223a317d2c22636f6d706c657465645f6174223a6e756c6c2c22636f6d706c657465645f6279223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32305430383a34363a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30383a30305a222c2276657273696f6e223a342c2264656c657465645f6174223a6e756c6c7d', '2026-03-28 08:08:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 3', 'ece533cf959599f04947a356aa73d2a7dcf128a3ad6922945b8ccc6c49f72a86', 201, '{"etag":"\"1\"","location":"/api/lists/019d0a42-2527-7b36-a751-324f7799a8e2","content-length":"277","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323532372d376233362d613735312d333234663737393961386532222c226465736372697074696f6e223a22222c22636f6c6f72223a6e756c6c2c2269636f6e223a6e756c6c2c226578747261223a7b7d2c226e616d65223a226d616465206f6e63652c20746f6f222c22706f736974696f6e223a226134222c2269735f696e626f78223a66616c73652c2261726368697665645f6174223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32385430383a30393a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30393a30305a222c2276657273696f6e223a317d', '2026-03-28 08:09:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 4', '6e14d483f0892200caa4568f61138f350c8a451007dc953985bbc054ca2a8282', 204, '{}', '\x', '2026-03-28 08:11:00+00');

INSERT INTO public.todokit_job VALUES
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-249d-7ec3-a82b-3d32658de17e', 'reminder', '019d0a42249c719ab6a6ec0579c147c7', '2026-03-30 08:00:00+00', '2026-03-30 08:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c2-7795-b5d0-7582564ae909', 'reminder', '019d0a4224c178f99ecb86e0e89dc815', '2026-04-02 07:00:00+00', '2026-04-02 07:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c5-71db-9fda-e1e4b318ad4c', 'reminder', '019d0a4224c4757f9ea95a861fd3c017', '2026-04-02 00:00:00+00', '2026-04-02 00:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24ca-7602-be5f-3315ce5dc807', 'reminder', '019d0a4224c972aaa4208fb6a0722aa0', '2026-04-03 14:30:00+00', '2026-04-03 14:30:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24cd-732b-8e25-d37dbff773ce', 'reminder', '019d0a4224cc710d856b39e8ceca2ee3', '2026-04-04 13:00:00+00', '2026-04-04 13:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d2-795b-ab79-b17ab6e355f6', 'reminder', '019d0a4224d17eb8b27352be7d161f29', '2026-04-05 13:00:00+00', '2026-04-05 13:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d9-7da5-81c4-8244b3b68b57', 'reminder', '019d0a4224d87105b744e099d26d5396', '2026-03-26 07:00:00+00', '2026-03-27 17:00:30+00', 8, NULL, 'ConnectionError: the line is dead', '2026-03-27 17:00:00+00', '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24de-70ac-bcab-6617ff3e0ba1', 'reminder', '019d0a4224dd741aa906196f350d278d', '2026-03-28 07:00:00+00', '2026-03-28 08:00:09.811023+00', 1, NULL, 'ConnectionError: the line is dead', NULL, '', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-251d-7775-9d5e-540662fda854', 'reminder', '019d0a4224ba74b19e989c8b1d69d9fc', '2026-03-28 20:00:00+00', '2026-03-28 20:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL);

INSERT INTO public.todokit_label VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2411-75a9-943c-91156f25e2a2', 1, '2026-03-20 08:10:00+00', 'ann', '2026-03-20 08:10:00+00', 'dringend', 'dringend', '#dc2626'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2413-7345-a35c-8c41f77383c1', 1, '2026-03-20 08:11:00+00', 'ann', '2026-03-20 08:11:00+00', 'Später', 'später', NULL),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-248e-7cff-8c08-36976a46721a', 1, '2026-03-20 09:08:00+00', 'ann', '2026-03-20 09:08:00+00', 'acme', 'acme', NULL);

INSERT INTO public.todokit_list VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2401-7e3e-8297-4bcd6baa9455', 1, '2026-03-20 08:01:00+00', 'ann', '2026-03-20 08:01:00+00', NULL, NULL, 'Haus & Hof', '', '#d97706', 'home', 'a0', false, NULL, '{"floor":2}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2403-77c6-bac4-59ec67a9c378', 2, '2026-03-20 08:02:00+00', 'ann', '2026-03-20 08:05:00+00', NULL, NULL, 'Straßenbau', 'größer als
gedacht', NULL, NULL, 'Zz', false, NULL, '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2405-7f7c-96ea-47eb7a024204', 2, '2026-03-20 08:03:00+00', 'ann', '2026-03-20 08:07:00+00', NULL, NULL, 'Archived', '', NULL, NULL, 'a2', false, '2026-03-20 08:07:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2407-737e-88e9-dc4681332876', 2, '2026-03-20 08:04:00+00', 'ann', '2026-03-20 08:09:00+00', '2026-03-20 08:09:00+00', '019d0a42-240f-7d9b-9521-f387af19922a', 'Trashed', '', NULL, NULL, 'a3', false, NULL, '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2422-772a-8526-06341759edc3', 1, '2026-03-20 08:20:00+00', 'ann', '2026-03-20 08:20:00+00', NULL, NULL, 'Inbox', '', NULL, NULL, 'a3', true, NULL, '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-2484-7a98-82fe-703bb5816b74', 1, '2026-03-20 09:04:00+00', 'ben', '2026-03-20 09:04:00+00', NULL, NULL, 'Inbox', '', NULL, NULL, 'a0', true, NULL, '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-248c-7778-b3c7-68440cc36d8c', 1, '2026-03-20 09:07:00+00', 'ann', '2026-03-20 09:07:00+00', NULL, NULL, 'Plan', '', NULL, NULL, 'a0', false, NULL, '{}'),
	('3294d731-d0fe-5563-9716-d7a247b4b077', '019d0a42-24ac-7a7c-ad97-44897e969cf3', 1, '2026-03-20 09:19:00+00', '019d0a42-24a0-7cad-b720-85491da3b7e2', '2026-03-20 09:19:00+00', NULL, NULL, 'Inbox', '', NULL, NULL, 'a0', true, NULL, '{}'),
	('3294d731-d0fe-5563-9716-d7a247b4b077', '019d0a42-24b0-7353-a593-76dd6025f0ae', 1, '2026-03-20 09:20:00+00', '019d0a42-24a0-7cad-b720-85491da3b7e2', '2026-03-20 09:20:00+00', NULL, NULL, 'of an account, too', '', NULL, NULL, 'a1', false, NULL, '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2527-7b36-a751-324f7799a8e2', 1, '2026-03-28 08:09:00+00', 'ann', '2026-03-28 08:09:00+00', NULL, NULL, 'made once, too', '', NULL, NULL, 'a4', false, NULL, '{}');

INSERT INTO public.todokit_occurrence VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2460-7330-96f2-91ef429817c5', '019d0a42-245b-7126-9344-979fa59cec98', '019d0a42-245c-759a-8b8a-54196fa231e9', '2026-03-16', 'completed', false, 1, '2026-03-20 08:48:00+00', 'ann', 'needs_action', '{"id":"019d0a42245c759a8b8a54196fa231e9","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-16', NULL, '2026-03-16 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2462-7d69-bac8-68fde6fd68e8', '019d0a42-245b-7126-9344-979fa59cec98', '019d0a42-245c-759a-8b8a-54196fa231e9', '2026-03-23', 'skipped', false, 2, '2026-03-20 08:49:00+00', 'ann', 'needs_action', '{"id":"019d0a42245c759a8b8a54196fa231e9","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-23', NULL, '2026-03-23 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2467-7297-a1e2-e7da57a1cb71', '019d0a42-2464-7ac3-bddb-efee3412fc12', '019d0a42-2465-7c47-b279-36ac0edc6d2b', '2026-03-20T18:00:00', 'completed', false, 1, '2026-03-20 08:51:00+00', 'ann', 'needs_action', '{"id":"019d0a4224657c47b27936ac0edc6d2b","start":"2026-03-20T18:00:00","last":null,"left":29,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-20T18:00:00', NULL, '2026-03-20 18:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-246c-791b-a08c-e788dff3334b', '019d0a42-2464-7ac3-bddb-efee3412fc12', '019d0a42-2465-7c47-b279-36ac0edc6d2b', '2026-03-22T18:00:00', 'completed', false, 4, '2026-03-20 08:54:00+00', 'ann', 'needs_action', '{"id":"019d0a4224657c47b27936ac0edc6d2b","start":"2026-03-20T18:00:00","last":null,"left":28,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22T18:00:00', NULL, '2026-03-22 18:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2471-7753-850f-8b81bdd7d19b', '019d0a42-246e-75b6-b59c-3d9a637e0edc', '019d0a42-246f-7a85-89d1-83c8403d1f83', '2026-01-31T09:00:00', 'completed', false, 1, '2026-03-20 08:56:00+00', 'ann', 'needs_action', '{"id":"019d0a42246f7a8589d183c8403d1f83","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}', '2026-01-31T08:00:00', 'Europe/Berlin', '2026-01-31 07:00:00+00', '2026-01-31T09:00:00', 'Europe/Berlin', '2026-01-31 08:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2473-78b5-88a1-2de947e7f593', '019d0a42-246e-75b6-b59c-3d9a637e0edc', '019d0a42-246f-7a85-89d1-83c8403d1f83', '2026-03-01T09:00:00', 'skipped', false, 2, '2026-03-20 08:57:00+00', 'ann', 'needs_action', '{"id":"019d0a42246f7a8589d183c8403d1f83","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}', '2026-03-01T08:00:00', 'Europe/Berlin', '2026-03-01 07:00:00+00', '2026-03-01T09:00:00', 'Europe/Berlin', '2026-03-01 08:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2478-7a23-a7bf-b919da90f534', '019d0a42-2475-77b5-a70c-766c5a2b745b', '019d0a42-2476-749b-96fd-2701ac642b4c', '2026-03-22', 'completed', false, 1, '2026-03-20 08:59:00+00', 'ann', 'needs_action', '{"id":"019d0a422476749b96fd2701ac642b4c","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22', NULL, '2026-03-22 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-247a-7635-9a85-d307bf9cc545', '019d0a42-2475-77b5-a70c-766c5a2b745b', '019d0a42-2476-749b-96fd-2701ac642b4c', '2026-03-23', 'completed', true, 2, '2026-03-20 09:00:00+00', 'ann', 'needs_action', '{"id":"019d0a422476749b96fd2701ac642b4c","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-23', NULL, '2026-03-23 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2480-7e01-a45c-97c2ac7c8803', '019d0a42-247d-7b2d-8a3e-bf41559b5975', '019d0a42-247e-73d4-a8cb-26db391cf046', '2026-03-22', 'completed', false, 1, '2026-03-20 09:02:00+00', 'ann', 'needs_action', '{"id":"019d0a42247e73d4a8cb26db391cf046","start":"2026-03-22T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22', NULL, '2026-03-22 00:00:00+00', '9999-12-30'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-2488-77cb-a3ee-0eeae8754cd3', '019d0a42-2485-72a6-8416-b69a720299e3', '019d0a42-2486-7425-8a17-896db3969057', '2026-03-15T20:00:00', 'completed', false, 1, '2026-03-20 09:05:00+00', 'ben', 'needs_action', '{"id":"019d0a42248674258a17896db3969057","start":"2026-03-15T20:00:00","last":null,"left":null,"leads":{"deadline":292}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-15T20:00:00', NULL, '2026-03-15 20:00:00+00', '2027-01-01'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2525-7c70-871a-92d77d859725', '019d0a42-245b-7126-9344-979fa59cec98', '019d0a42-245c-759a-8b8a-54196fa231e9', '2026-03-26', 'completed', false, 3, '2026-03-28 08:08:00+00', 'ann', 'needs_action', '{"id":"019d0a42245c759a8b8a54196fa231e9","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-26', NULL, '2026-03-26 00:00:00+00', '9999-12-30');

INSERT INTO public.todokit_reminder VALUES
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-249c-719a-b6a6-ec0579c147c7', 1, '2026-03-20 09:15:00+00', 'dan', '2026-03-20 09:15:00+00', '019d0a42-2490-7a21-8557-862cfa83ada4', 'dan', NULL, NULL, 'due', 60, 'UTC', 540, '2026-03-30 08:00:00+00', '2026-03-30 08:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24bf-7d5e-9326-82b85419eefc', 1, '2026-03-20 09:26:00+00', 'ann', '2026-03-20 09:26:00+00', '019d0a42-24bd-7db6-aea2-60b785e69ea9', 'ann', NULL, NULL, 'due', 5, 'Europe/Berlin', 540, NULL, '9999-12-31 00:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c1-78f9-9ecb-86e0e89dc815', 1, '2026-03-20 09:27:00+00', 'ann', '2026-03-20 09:27:00+00', '019d0a42-24bd-7db6-aea2-60b785e69ea9', 'ann', '2026-04-02T09:00:00', NULL, NULL, NULL, 'Europe/Berlin', 540, '2026-04-02 07:00:00+00', '2026-04-02 07:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c4-757f-9ea9-5a861fd3c017', 1, '2026-03-20 09:28:00+00', 'ann', '2026-03-20 09:28:00+00', '019d0a42-24bd-7db6-aea2-60b785e69ea9', 'ann', '2026-04-02T09:00:00', 'Asia/Tokyo', NULL, NULL, 'Europe/Berlin', 540, '2026-04-02 00:00:00+00', '2026-04-02 00:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24c9-72aa-a420-8fb6a0722aa0', 1, '2026-03-20 09:30:00+00', 'ben', '2026-03-20 09:30:00+00', '019d0a42-24c7-755c-abf9-9e42bc18a40b', 'ben', NULL, NULL, 'start', -90, 'America/New_York', 540, '2026-04-03 14:30:00+00', '2026-04-03 14:30:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24cc-710d-856b-39e8ceca2ee3', 1, '2026-03-20 09:31:00+00', 'ben', '2026-03-20 09:31:00+00', '019d0a42-24c7-755c-abf9-9e42bc18a40b', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-04-04 13:00:00+00', '2026-04-04 13:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d1-7eb8-b273-52be7d161f29', 1, '2026-03-20 09:33:00+00', 'ben', '2026-03-20 09:33:00+00', '019d0a42-24cf-7191-a39d-47ad64d09913', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-04-05 13:00:00+00', '2026-04-05 13:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d8-7105-b744-e099d26d5396', 1, '2026-03-20 09:36:00+00', 'ben', '2026-03-20 09:36:00+00', '019d0a42-24d6-7c6f-9b99-20102aa50f4e', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-03-26 07:00:00+00', '2026-03-26 07:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24dd-741a-a906-196f350d278d', 1, '2026-03-20 09:38:00+00', 'ben', '2026-03-20 09:38:00+00', '019d0a42-24db-7c09-8ce8-7470ad4ab155', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-03-28 07:00:00+00', '2026-03-28 07:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24b7-7264-a557-439dfb5eb866', 2, '2026-03-20 09:23:00+00', 'ann', '2026-03-27 10:00:00+00', '019d0a42-24b2-726a-9556-90214578bab3', 'ann', NULL, NULL, 'due', 30, 'Europe/Berlin', 540, '2026-03-27 08:30:00+00', '9999-12-31 00:00:00+00', '2026-03-27 08:30:00+00', '2026-03-27 10:00:00+00', NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24b4-7b7e-95a5-fc5f17fd3736', 2, '2026-03-20 09:22:00+00', 'ann', '2026-03-27 10:00:00+00', '019d0a42-24b2-726a-9556-90214578bab3', 'ann', NULL, NULL, 'due', 0, 'Europe/Berlin', 540, '2026-03-27 09:00:00+00', '9999-12-31 00:00:00+00', '2026-03-27 09:00:00+00', '2026-03-27 10:00:00+00', NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24ba-74b1-9e98-9c8b1d69d9fc', 3, '2026-03-20 09:24:00+00', 'ann', '2026-03-28 08:02:00+00', '019d0a42-24b2-726a-9556-90214578bab3', 'ann', NULL, NULL, 'due', 60, 'Europe/Berlin', 540, '2026-03-27 08:00:00+00', '2026-03-28 20:00:00+00', '2026-03-27 08:00:00+00', '2026-03-27 10:00:00+00', '2026-03-28 20:00:00+00');

INSERT INTO public.todokit_space VALUES
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 'personal', 'ben', 14, '2026-03-20 09:04:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'personal', 'ann', 95, '2026-03-20 08:01:00+00'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 'host', 'acme', 9, '2026-03-20 09:07:00+00'),
	('3294d731-d0fe-5563-9716-d7a247b4b077', 'personal', '019d0a42-24a0-7cad-b720-85491da3b7e2', 3, '2026-03-20 09:19:00+00');

INSERT INTO public.todokit_todo VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-240a-7402-ba39-485afcbd04c3', 1, '2026-03-20 08:06:00+00', 'ann', '2026-03-20 08:06:00+00', NULL, NULL, '019d0a42-2405-7f7c-96ea-47eb7a024204', NULL, 0, 'in the archive', 'in the archive', '', 'in the archive
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-240d-7259-8652-237b4f65d4d9', 2, '2026-03-20 08:08:00+00', 'ann', '2026-03-20 08:09:00+00', '2026-03-20 08:09:00+00', '019d0a42-240f-7d9b-9521-f387af19922a', '019d0a42-2407-737e-88e9-dc4681332876', NULL, 0, 'alone in the trash of its list', 'alone in the trash of its list', '', 'alone in the trash of its list
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2417-7ea7-85f8-2a8f03983ca8', 3, '2026-03-20 08:13:00+00', 'ann', '2026-03-20 08:15:00+00', NULL, NULL, '019d0a42-2401-7e3e-8297-4bcd6baa9455', NULL, 0, 'Café Ørsted — 注文', 'café ørsted — 注文', 'ﬁne print
- [ ] a ''quote'', a \ and "two"', 'cafe orsted — 注文
fine print
- [ ] a ''quote'', a \ and "two"', 'needs_action', 1, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-79ca-b4fe-fd1e7e5b1e7f', 1, '2026-03-20 08:16:00+00', 'ann', '2026-03-20 08:16:00+00', NULL, NULL, '019d0a42-2403-77c6-bac4-59ec67a9c378', NULL, 0, 'Straße, verlinkt', 'strasse, verlinkt', '', 'strasse, verlinkt
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241d-7baf-ad08-7aba534097ca', 1, '2026-03-20 08:17:00+00', 'ann', '2026-03-20 08:17:00+00', NULL, NULL, '019d0a42-2403-77c6-bac4-59ec67a9c378', NULL, 0, 'extra', 'extra', '', 'extra
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a1', '{"a":[1,2.5,null,"ü"],"b":{"c":true},"amount":10}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241f-7eac-8e30-658b9148624f', 2, '2026-03-20 08:18:00+00', 'ann', '2026-03-20 08:19:00+00', NULL, NULL, '019d0a42-2401-7e3e-8297-4bcd6baa9455', NULL, 0, 'moved to the front', 'moved to the front', '', 'moved to the front
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'Zz', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2423-7fe4-b801-6e1851ef1922', 1, '2026-03-20 08:20:00+00', 'ann', '2026-03-20 08:20:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'due today', 'due today', '', 'due today
', 'needs_action', 5, '2026-03-27', NULL, '2026-03-27 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '2026-04-01', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2425-77d4-934a-e77a1beb3711', 1, '2026-03-20 08:21:00+00', 'ann', '2026-03-20 08:21:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'due where one is', 'due where one is', '', 'due where one is
', 'needs_action', 9, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-29T02:30:00', NULL, '2026-03-29 02:30:00+00', '9999-12-30', 'a1', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2427-71ff-954b-c8ce8c25166a', 1, '2026-03-20 08:22:00+00', 'ann', '2026-03-20 08:22:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'due in Berlin', 'due in berlin', '', 'due in berlin
', 'needs_action', 10, '2026-10-24T09:00:00', 'Asia/Tokyo', '2026-10-24 00:00:00+00', '2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25 00:30:00+00', '9999-12-30', 'a2', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2429-7340-b329-d051f6be1f72', 1, '2026-03-20 08:23:00+00', 'ann', '2026-03-20 08:23:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'overdue', 'overdue', '', 'overdue
', 'in_progress', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-21', NULL, '2026-03-21 00:00:00+00', '2026-03-25', 'a3', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-242b-749a-85dd-4cdb71eacd05', 2, '2026-03-20 08:24:00+00', 'ann', '2026-03-20 08:28:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'completed, once', 'completed, once', '', 'completed, once
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a4', '{}', '2026-03-20 08:28:00+00', 'ann', '019d0a42-2433-7215-8992-3b8ee07405eb', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-242d-7512-8f7e-af02935ddd72', 2, '2026-03-20 08:25:00+00', 'ann', '2026-03-20 08:29:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'cancelled, once', 'cancelled, once', '', 'cancelled, once
', 'cancelled', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a5', '{}', '9999-12-31 00:00:00+00', NULL, '019d0a42-2435-7148-acc1-b46ae5eeac76', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-242f-7d24-821c-38572fcd81b5', 3, '2026-03-20 08:26:00+00', 'ann', '2026-03-20 08:31:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'reopened, once', 'reopened, once', '', 'reopened, once
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a6', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2431-7429-846b-e48f79fdef7c', 2, '2026-03-20 08:27:00+00', 'ann', '2026-03-20 08:32:00+00', '2026-03-20 08:32:00+00', '019d0a42-243a-7d97-b948-518137176e84', '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'trashed, once', 'trashed, once', '', 'trashed, once
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a7', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-243c-7f32-a519-b91c6b5f5241', 1, '2026-03-20 08:33:00+00', 'ann', '2026-03-20 08:33:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'depth 0', 'depth 0', '', 'depth 0
', 'needs_action', 3, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a7', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-243e-7a90-bfc2-b03ca425799a', 1, '2026-03-20 08:34:00+00', 'ann', '2026-03-20 08:34:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-243c-7f32-a519-b91c6b5f5241', 1, 'depth 1', 'depth 1', '', 'depth 1
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a8', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2440-7cb1-8545-995c5b7c709a', 1, '2026-03-20 08:35:00+00', 'ann', '2026-03-20 08:35:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-243e-7a90-bfc2-b03ca425799a', 2, 'depth 2', 'depth 2', '', 'depth 2
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a9', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2442-77c8-a854-5581964a870c', 1, '2026-03-20 08:36:00+00', 'ann', '2026-03-20 08:36:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-2440-7cb1-8545-995c5b7c709a', 3, 'depth 3', 'depth 3', '', 'depth 3
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aA', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2444-73e3-aed0-b82c0426465e', 1, '2026-03-20 08:37:00+00', 'ann', '2026-03-20 08:37:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-2442-77c8-a854-5581964a870c', 4, 'depth 4', 'depth 4', '', 'depth 4
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aB', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2446-7387-b2da-728e5f3f5638', 2, '2026-03-20 08:38:00+00', 'ann', '2026-03-20 08:39:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-2444-73e3-aed0-b82c0426465e', 5, 'depth 5', 'depth 5', '', 'depth 5
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aC', '{}', '2026-03-20 08:39:00+00', 'ann', '019d0a42-2448-7d0d-8670-5a830febd845', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244b-7d12-a896-d67f92e8e269', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-244a-7b29-82e5-1d6c38018b47', 1, 'depth 1', 'depth 1', '', 'depth 1
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aE', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-7176-b55d-b5055ec17dbe', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244c-7e8f-a230-4cabefbfc19e', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-244b-7d12-a896-d67f92e8e269', 2, 'depth 2', 'depth 2', '', 'depth 2
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aF', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-7176-b55d-b5055ec17dbe', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244d-79a2-84bc-5d7fae3b16ec', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-244c-7e8f-a230-4cabefbfc19e', 3, 'depth 3', 'depth 3', '', 'depth 3
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aG', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-7176-b55d-b5055ec17dbe', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244e-706d-a8a3-d6ac1fdb8b32', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-244d-79a2-84bc-5d7fae3b16ec', 4, 'depth 4', 'depth 4', '', 'depth 4
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aH', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-7176-b55d-b5055ec17dbe', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244f-7304-b520-21979b38fe80', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-244e-706d-a8a3-d6ac1fdb8b32', 5, 'depth 5', 'depth 5', '', 'depth 5
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aI', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-7176-b55d-b5055ec17dbe', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244a-7b29-82e5-1d6c38018b47', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'depth 0', 'depth 0', '', 'depth 0
', 'completed', 3, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aD', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-7176-b55d-b5055ec17dbe', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2453-79b0-8c74-2d990589f877', 1, '2026-03-20 08:42:00+00', 'ann', '2026-03-20 08:42:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'its branch is in the trash', 'its branch is in the trash', '', 'its branch is in the trash
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aJ', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2455-7b7d-9eab-c3a21fb797fa', 2, '2026-03-20 08:43:00+00', 'ann', '2026-03-20 08:45:00+00', '2026-03-20 08:45:00+00', '019d0a42-2459-79ed-b57f-6dda19fbeb1d', '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-2453-79b0-8c74-2d990589f877', 1, 'the branch', 'the branch', '', 'the branch
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aK', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2457-70fa-ab7a-6cadefdd35f8', 2, '2026-03-20 08:44:00+00', 'ann', '2026-03-20 08:45:00+00', '2026-03-20 08:45:00+00', '019d0a42-2459-79ed-b57f-6dda19fbeb1d', '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-2455-7b7d-9eab-c3a21fb797fa', 2, 'on the branch', 'on the branch', '', 'on the branch
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aL', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-245e-70a1-8675-7e5c98b33c6e', 1, '2026-03-20 08:47:00+00', 'ann', '2026-03-20 08:47:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', '019d0a42-245b-7126-9344-979fa59cec98', 1, 'each time', 'each time', '', 'each time
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aL', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2464-7ac3-bddb-efee3412fc12', 5, '2026-03-20 08:50:00+00', 'ann', '2026-03-20 08:54:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'water the plants', 'water the plants', '', 'water the plants
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-24T18:00:00', NULL, '2026-03-24 18:00:00+00', '9999-12-30', 'aM', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=DAILY;INTERVAL=2;COUNT=30","mode":"completion","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-24T18:00:00', '{"id":"019d0a4224657c47b27936ac0edc6d2b","start":"2026-03-20T18:00:00","last":null,"left":27,"leads":{}}', true),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-246e-75b6-b59c-3d9a637e0edc', 3, '2026-03-20 08:55:00+00', 'ann', '2026-03-20 08:57:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'rent', 'rent', '', 'rent
', 'needs_action', 10, '2026-03-31T08:00:00', 'Europe/Berlin', '2026-03-31 06:00:00+00', '2026-03-31T09:00:00', 'Europe/Berlin', '2026-03-31 07:00:00+00', '9999-12-30', 'aN', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=MONTHLY;BYMONTHDAY=31","mode":"schedule","skip":"forward","catch_up":"next_slot","reset_subtasks":false,"exdates":[]}', '2026-03-31T09:00:00', '{"id":"019d0a42246f7a8589d183c8403d1f83","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}', true),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2475-77b5-a70c-766c5a2b745b', 3, '2026-03-20 08:58:00+00', 'ann', '2026-03-20 09:00:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'ended', 'ended', '', 'ended
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-23', NULL, '2026-03-23 00:00:00+00', '9999-12-30', 'aO', '{}', '2026-03-20 09:00:00+00', 'ann', '019d0a42-247b-7d43-852a-9147a69cfb85', '{"rrule":"FREQ=DAILY;COUNT=2","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-23', '{"id":"019d0a422476749b96fd2701ac642b4c","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}', true),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-247d-7b2d-8a3e-bf41559b5975', 3, '2026-03-20 09:01:00+00', 'ann', '2026-03-20 09:03:00+00', '2026-03-20 09:03:00+00', '019d0a42-2482-766f-acea-c6cbdf26f517', '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'a series in the trash', 'a series in the trash', '', 'a series in the trash
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2027-03-22', NULL, '2027-03-22 00:00:00+00', '9999-12-30', 'aP', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=YEARLY","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2027-03-22', '{"id":"019d0a42247e73d4a8cb26db391cf046","start":"2026-03-22T00:00:00","last":null,"left":null,"leads":{}}', true),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-2485-72a6-8416-b69a720299e3', 2, '2026-03-20 09:04:00+00', 'ben', '2026-03-20 09:05:00+00', NULL, NULL, '019d0a42-2484-7a98-82fe-703bb5816b74', NULL, 0, 'call home', 'call home', '', 'call home
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22T20:00:00', NULL, '2026-03-22 20:00:00+00', '2027-01-08', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=WEEKLY;UNTIL=20261231;BYDAY=SU","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-22T20:00:00', '{"id":"019d0a42248674258a17896db3969057","start":"2026-03-15T20:00:00","last":null,"left":null,"leads":{"deadline":292}}', true),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-248a-7e24-9fa7-3e1309f6048f', 1, '2026-03-20 09:06:00+00', 'ben', '2026-03-20 09:06:00+00', NULL, NULL, '019d0a42-2484-7a98-82fe-703bb5816b74', NULL, 0, 'nothing but a title', 'nothing but a title', '', 'nothing but a title
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a1', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2490-7a21-8557-862cfa83ada4', 1, '2026-03-20 09:09:00+00', 'dan', '2026-03-20 09:09:00+00', NULL, NULL, '019d0a42-248c-7778-b3c7-68440cc36d8c', NULL, 0, 'by the editor', 'by the editor', '', 'by the editor
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-30', NULL, '2026-03-30 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2492-7fca-99b7-5de503c54c71', 1, '2026-03-20 09:10:00+00', 'ann', '2026-03-20 09:10:00+00', NULL, NULL, '019d0a42-248c-7778-b3c7-68440cc36d8c', '019d0a42-2490-7a21-8557-862cfa83ada4', 1, 'below it', 'below it', '', 'below it
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a1', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2494-750f-8daa-635d00de59f5', 2, '2026-03-20 09:11:00+00', 'ann', '2026-03-20 09:12:00+00', NULL, NULL, '019d0a42-248c-7778-b3c7-68440cc36d8c', NULL, 0, 'closed by the editor', 'closed by the editor', '', 'closed by the editor
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a2', '{}', '2026-03-20 09:12:00+00', 'dan', '019d0a42-2496-7009-b4a7-a1a4faf1501b', NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2498-7190-879c-1f1430c1fb6a', 2, '2026-03-20 09:13:00+00', 'dan', '2026-03-20 09:14:00+00', '2026-03-20 09:14:00+00', '019d0a42-249a-7dfa-91eb-3cbd4d6b234f', '019d0a42-248c-7778-b3c7-68440cc36d8c', NULL, 0, 'gone', 'gone', '', 'gone
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a3', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('3294d731-d0fe-5563-9716-d7a247b4b077', '019d0a42-24ad-7a4e-9d5a-c1c5e7180322', 1, '2026-03-20 09:19:00+00', '019d0a42-24a0-7cad-b720-85491da3b7e2', '2026-03-20 09:19:00+00', NULL, NULL, '019d0a42-24ac-7a7c-ad97-44897e969cf3', NULL, 0, 'of an account', 'of an account', '', 'of an account
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=DAILY","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-28', '{"id":"019d0a4224ae7a3e97d6356d6f790959","start":"2026-03-28T00:00:00","last":null,"left":null,"leads":{}}', false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24b2-726a-9556-90214578bab3', 1, '2026-03-20 09:21:00+00', 'ann', '2026-03-20 09:21:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'to be reminded of', 'to be reminded of', '', 'to be reminded of
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-27T10:00:00', 'Europe/Berlin', '2026-03-27 09:00:00+00', '9999-12-30', 'aP', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24bd-7db6-aea2-60b785e69ea9', 1, '2026-03-20 09:25:00+00', 'ann', '2026-03-20 09:25:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'without a due', 'without a due', '', 'without a due
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aQ', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24c7-755c-abf9-9e42bc18a40b', 1, '2026-03-20 09:29:00+00', 'ben', '2026-03-20 09:29:00+00', NULL, NULL, '019d0a42-2484-7a98-82fe-703bb5816b74', NULL, 0, 'due later', 'due later', '', 'due later
', 'needs_action', 10, '2026-04-03', NULL, '2026-04-03 00:00:00+00', '2026-04-04', NULL, '2026-04-04 00:00:00+00', '9999-12-30', 'a2', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24cf-7191-a39d-47ad64d09913', 2, '2026-03-20 09:32:00+00', 'ben', '2026-03-20 09:34:00+00', NULL, NULL, '019d0a42-2484-7a98-82fe-703bb5816b74', NULL, 0, 'closed before it reminds', 'closed before it reminds', '', 'closed before it reminds
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-04-05', NULL, '2026-04-05 00:00:00+00', '9999-12-30', 'a3', '{}', '2026-03-20 09:34:00+00', 'ben', '019d0a42-24d4-75e4-bf42-e9c3385af463', NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d6-7c6f-9b99-20102aa50f4e', 1, '2026-03-20 09:35:00+00', 'ben', '2026-03-20 09:35:00+00', NULL, NULL, '019d0a42-2484-7a98-82fe-703bb5816b74', NULL, 0, 'unreachable, put aside', 'unreachable, put aside', '', 'unreachable, put aside
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-26T07:00:00', 'UTC', '2026-03-26 07:00:00+00', '9999-12-30', 'a4', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24db-7c09-8ce8-7470ad4ab155', 1, '2026-03-20 09:37:00+00', 'ben', '2026-03-20 09:37:00+00', NULL, NULL, '019d0a42-2484-7a98-82fe-703bb5816b74', NULL, 0, 'unreachable, tried once', 'unreachable, tried once', '', 'unreachable, tried once
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28T07:00:00', 'UTC', '2026-03-28 07:00:00+00', '9999-12-30', 'a5', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2520-7084-a783-7d16992a34a1', 2, '2026-03-28 08:04:00+00', 'ann', '2026-03-28 08:06:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'made once', 'made once', '', 'made once
', 'needs_action', 2, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aR', '{"ü":1.5}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-245b-7126-9344-979fa59cec98', 4, '2026-03-20 08:46:00+00', 'ann', '2026-03-28 08:08:00+00', NULL, NULL, '019d0a42-2422-772a-8526-06341759edc3', NULL, 0, 'weekly', 'weekly', '', 'weekly
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-30', NULL, '2026-03-30 00:00:00+00', '9999-12-30', 'aK', '{"n":1}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=WEEKLY;BYDAY=MO,TH","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":["2026-04-06"]}', '2026-03-30', '{"id":"019d0a42245c759a8b8a54196fa231e9","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', true);

INSERT INTO public.todokit_todo_label VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2417-7ea7-85f8-2a8f03983ca8', '019d0a42-2411-75a9-943c-91156f25e2a2'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2417-7ea7-85f8-2a8f03983ca8', '019d0a42-2413-7345-a35c-8c41f77383c1'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-79ca-b4fe-fd1e7e5b1e7f', '019d0a42-2413-7345-a35c-8c41f77383c1'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2490-7a21-8557-862cfa83ada4', '019d0a42-248e-7cff-8c08-36976a46721a');

INSERT INTO public.todokit_todo_link VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-79ca-b4fe-fd1e7e5b1e7f', 'billing', 'customer', '7', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-79ca-b4fe-fd1e7e5b1e7f', 'billing', 'invoice', '42', 'https://shop.example/42', 'No. 42');

ALTER TABLE ONLY public.todokit_auth_attempt
    ADD CONSTRAINT pk_todokit_auth_attempt PRIMARY KEY (key);

ALTER TABLE ONLY public.todokit_auth_mail
    ADD CONSTRAINT pk_todokit_auth_mail PRIMARY KEY (id);

ALTER TABLE ONLY public.todokit_auth_oauth
    ADD CONSTRAINT pk_todokit_auth_oauth PRIMARY KEY (provider, subject);

ALTER TABLE ONLY public.todokit_auth_refresh
    ADD CONSTRAINT pk_todokit_auth_refresh PRIMARY KEY (digest);

ALTER TABLE ONLY public.todokit_auth_revocation
    ADD CONSTRAINT pk_todokit_auth_revocation PRIMARY KEY (session_id);

ALTER TABLE ONLY public.todokit_auth_session
    ADD CONSTRAINT pk_todokit_auth_session PRIMARY KEY (id);

ALTER TABLE ONLY public.todokit_auth_ticket
    ADD CONSTRAINT pk_todokit_auth_ticket PRIMARY KEY (digest);

ALTER TABLE ONLY public.todokit_auth_token
    ADD CONSTRAINT pk_todokit_auth_token PRIMARY KEY (id);

ALTER TABLE ONLY public.todokit_auth_user
    ADD CONSTRAINT pk_todokit_auth_user PRIMARY KEY (id);

ALTER TABLE ONLY public.todokit_change
    ADD CONSTRAINT pk_todokit_change PRIMARY KEY (space_id, seq);

ALTER TABLE ONLY public.todokit_idempotency
    ADD CONSTRAINT pk_todokit_idempotency PRIMARY KEY (space_id, actor_id, key);

ALTER TABLE ONLY public.todokit_job
    ADD CONSTRAINT pk_todokit_job PRIMARY KEY (space_id, id);

ALTER TABLE ONLY public.todokit_label
    ADD CONSTRAINT pk_todokit_label PRIMARY KEY (space_id, id);

ALTER TABLE ONLY public.todokit_list
    ADD CONSTRAINT pk_todokit_list PRIMARY KEY (space_id, id);

ALTER TABLE ONLY public.todokit_occurrence
    ADD CONSTRAINT pk_todokit_occurrence PRIMARY KEY (space_id, id);

ALTER TABLE ONLY public.todokit_reminder
    ADD CONSTRAINT pk_todokit_reminder PRIMARY KEY (space_id, id);

ALTER TABLE ONLY public.todokit_reset_subtask
    ADD CONSTRAINT pk_todokit_reset_subtask PRIMARY KEY (space_id, occurrence_id, todo_id);

ALTER TABLE ONLY public.todokit_space
    ADD CONSTRAINT pk_todokit_space PRIMARY KEY (id);

ALTER TABLE ONLY public.todokit_todo
    ADD CONSTRAINT pk_todokit_todo PRIMARY KEY (space_id, id);

ALTER TABLE ONLY public.todokit_todo_label
    ADD CONSTRAINT pk_todokit_todo_label PRIMARY KEY (space_id, todo_id, label_id);

ALTER TABLE ONLY public.todokit_todo_link
    ADD CONSTRAINT pk_todokit_todo_link PRIMARY KEY (space_id, todo_id, source, type, target_id);

ALTER TABLE ONLY public.todokit_alembic_version
    ADD CONSTRAINT todokit_alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.todokit_auth_alembic_version
    ADD CONSTRAINT todokit_auth_alembic_version_pkc PRIMARY KEY (version_num);

CREATE INDEX ix_todokit_auth_attempt_started_at ON public.todokit_auth_attempt USING btree (started_at);

CREATE INDEX ix_todokit_auth_mail_due_at ON public.todokit_auth_mail USING btree (due_at);

CREATE INDEX ix_todokit_auth_oauth_user_id ON public.todokit_auth_oauth USING btree (user_id);

CREATE INDEX ix_todokit_auth_refresh_session_id ON public.todokit_auth_refresh USING btree (session_id);

CREATE INDEX ix_todokit_auth_revocation_revoked_at ON public.todokit_auth_revocation USING btree (revoked_at);

CREATE INDEX ix_todokit_auth_session_expires_at ON public.todokit_auth_session USING btree (expires_at);

CREATE INDEX ix_todokit_auth_session_user_id ON public.todokit_auth_session USING btree (user_id);

CREATE INDEX ix_todokit_auth_ticket_user_id_purpose ON public.todokit_auth_ticket USING btree (user_id, purpose);

CREATE INDEX ix_todokit_auth_token_user_id_id ON public.todokit_auth_token USING btree (user_id, id);

CREATE INDEX ix_todokit_auth_user_erase_at ON public.todokit_auth_user USING btree (erase_at) WHERE (erase_at IS NOT NULL);

CREATE INDEX ix_todokit_auth_user_moved_at ON public.todokit_auth_user USING btree (moved_at) WHERE (moved_at IS NOT NULL);

CREATE INDEX ix_todokit_change_space_id_entity_id_seq ON public.todokit_change USING btree (space_id, entity_id, seq);

CREATE INDEX ix_todokit_idempotency_created_at ON public.todokit_idempotency USING btree (created_at);

CREATE INDEX ix_todokit_job_due ON public.todokit_job USING btree (namespace, run_at) WHERE (parked_at IS NULL);

CREATE INDEX ix_todokit_job_parked ON public.todokit_job USING btree (namespace) WHERE (parked_at IS NOT NULL);

CREATE INDEX ix_todokit_occurrence_deadline ON public.todokit_occurrence USING btree (space_id, deadline, todo_id, version) WHERE ((outcome)::text = 'completed'::text);

CREATE INDEX ix_todokit_occurrence_due ON public.todokit_occurrence USING btree (space_id, due_at, todo_id, version) WHERE ((outcome)::text = 'completed'::text);

CREATE INDEX ix_todokit_occurrence_ended ON public.todokit_occurrence USING btree (space_id, ended_at, todo_id, version) WHERE ((outcome)::text = 'completed'::text);

CREATE INDEX ix_todokit_occurrence_start ON public.todokit_occurrence USING btree (space_id, start_at, todo_id, version) WHERE ((outcome)::text = 'completed'::text);

CREATE INDEX ix_todokit_reminder_next ON public.todokit_reminder USING btree (space_id, user_id, next_at, id);

CREATE INDEX ix_todokit_reminder_todo ON public.todokit_reminder USING btree (space_id, todo_id, user_id);

CREATE INDEX ix_todokit_reset_subtask_todo ON public.todokit_reset_subtask USING btree (space_id, todo_id);

CREATE INDEX ix_todokit_todo_completed ON public.todokit_todo USING btree (space_id, completed_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_created ON public.todokit_todo USING btree (space_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_deadline ON public.todokit_todo USING btree (space_id, deadline, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_done_created ON public.todokit_todo USING btree (space_id, created_at, id) WHERE ((deleted_at IS NULL) AND has_occurrences);

CREATE INDEX ix_todokit_todo_done_position ON public.todokit_todo USING btree (space_id, "position", id) WHERE ((deleted_at IS NULL) AND has_occurrences);

CREATE INDEX ix_todokit_todo_done_priority ON public.todokit_todo USING btree (space_id, priority, id) WHERE ((deleted_at IS NULL) AND has_occurrences);

CREATE INDEX ix_todokit_todo_done_title ON public.todokit_todo USING btree (space_id, title_key, id) WHERE ((deleted_at IS NULL) AND has_occurrences);

CREATE INDEX ix_todokit_todo_due ON public.todokit_todo USING btree (space_id, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_label_label ON public.todokit_todo_label USING btree (space_id, label_id, todo_id);

CREATE INDEX ix_todokit_todo_link_target ON public.todokit_todo_link USING btree (space_id, source, type, target_id, todo_id);

CREATE INDEX ix_todokit_todo_list ON public.todokit_todo USING btree (list_id, space_id);

CREATE INDEX ix_todokit_todo_parent ON public.todokit_todo USING btree (parent_id, space_id);

CREATE INDEX ix_todokit_todo_position ON public.todokit_todo USING btree (space_id, "position", id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_priority ON public.todokit_todo USING btree (space_id, priority, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_start ON public.todokit_todo USING btree (space_id, start_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_title ON public.todokit_todo USING btree (space_id, title_key, id) WHERE (deleted_at IS NULL);

CREATE INDEX ix_todokit_todo_trash ON public.todokit_todo USING btree (space_id, deleted_at, id) WHERE (deleted_at IS NOT NULL);

CREATE INDEX ix_todokit_todo_updated ON public.todokit_todo USING btree (space_id, updated_at, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX uq_todokit_auth_token_digest ON public.todokit_auth_token USING btree (digest);

CREATE UNIQUE INDEX uq_todokit_auth_user_email_key ON public.todokit_auth_user USING btree (email_key);

CREATE UNIQUE INDEX uq_todokit_job_key ON public.todokit_job USING btree (space_id, kind, key);

CREATE UNIQUE INDEX uq_todokit_label_name_key ON public.todokit_label USING btree (space_id, name_key);

CREATE UNIQUE INDEX uq_todokit_list_inbox ON public.todokit_list USING btree (space_id) WHERE is_inbox;

CREATE UNIQUE INDEX uq_todokit_list_position ON public.todokit_list USING btree (space_id, "position") WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX uq_todokit_occurrence_slot ON public.todokit_occurrence USING btree (space_id, todo_id, series_id, slot);

CREATE UNIQUE INDEX uq_todokit_occurrence_version ON public.todokit_occurrence USING btree (space_id, todo_id, version);

CREATE UNIQUE INDEX uq_todokit_todo_position ON public.todokit_todo USING btree (space_id, list_id, "position") WHERE (deleted_at IS NULL);

ALTER TABLE ONLY public.todokit_auth_mail
    ADD CONSTRAINT fk_todokit_auth_mail_todokit_auth_user FOREIGN KEY (user_id) REFERENCES public.todokit_auth_user(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_auth_oauth
    ADD CONSTRAINT fk_todokit_auth_oauth_todokit_auth_user FOREIGN KEY (user_id) REFERENCES public.todokit_auth_user(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_auth_refresh
    ADD CONSTRAINT fk_todokit_auth_refresh_todokit_auth_session FOREIGN KEY (session_id) REFERENCES public.todokit_auth_session(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_auth_session
    ADD CONSTRAINT fk_todokit_auth_session_todokit_auth_user FOREIGN KEY (user_id) REFERENCES public.todokit_auth_user(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_auth_ticket
    ADD CONSTRAINT fk_todokit_auth_ticket_todokit_auth_user FOREIGN KEY (user_id) REFERENCES public.todokit_auth_user(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_auth_token
    ADD CONSTRAINT fk_todokit_auth_token_todokit_auth_user FOREIGN KEY (user_id) REFERENCES public.todokit_auth_user(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_change
    ADD CONSTRAINT fk_todokit_change_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_idempotency
    ADD CONSTRAINT fk_todokit_idempotency_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_job
    ADD CONSTRAINT fk_todokit_job_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_label
    ADD CONSTRAINT fk_todokit_label_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_list
    ADD CONSTRAINT fk_todokit_list_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_occurrence
    ADD CONSTRAINT fk_todokit_occurrence_todokit_todo FOREIGN KEY (space_id, todo_id) REFERENCES public.todokit_todo(space_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_reminder
    ADD CONSTRAINT fk_todokit_reminder_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_reminder
    ADD CONSTRAINT fk_todokit_reminder_todokit_todo FOREIGN KEY (space_id, todo_id) REFERENCES public.todokit_todo(space_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_reset_subtask
    ADD CONSTRAINT fk_todokit_reset_subtask_todokit_occurrence FOREIGN KEY (space_id, occurrence_id) REFERENCES public.todokit_occurrence(space_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_reset_subtask
    ADD CONSTRAINT fk_todokit_reset_subtask_todokit_todo FOREIGN KEY (space_id, todo_id) REFERENCES public.todokit_todo(space_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_todo_label
    ADD CONSTRAINT fk_todokit_todo_label_todokit_label FOREIGN KEY (space_id, label_id) REFERENCES public.todokit_label(space_id, id);

ALTER TABLE ONLY public.todokit_todo_label
    ADD CONSTRAINT fk_todokit_todo_label_todokit_todo FOREIGN KEY (space_id, todo_id) REFERENCES public.todokit_todo(space_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_todo_link
    ADD CONSTRAINT fk_todokit_todo_link_todokit_todo FOREIGN KEY (space_id, todo_id) REFERENCES public.todokit_todo(space_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.todokit_todo
    ADD CONSTRAINT fk_todokit_todo_todokit_list FOREIGN KEY (space_id, list_id) REFERENCES public.todokit_list(space_id, id);

ALTER TABLE ONLY public.todokit_todo
    ADD CONSTRAINT fk_todokit_todo_todokit_space FOREIGN KEY (space_id) REFERENCES public.todokit_space(id);

ALTER TABLE ONLY public.todokit_todo
    ADD CONSTRAINT fk_todokit_todo_todokit_todo FOREIGN KEY (space_id, parent_id) REFERENCES public.todokit_todo(space_id, id);
