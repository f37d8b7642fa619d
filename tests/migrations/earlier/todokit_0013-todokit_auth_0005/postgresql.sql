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
	('019d0a42-24a7-7922-a28a-cae671f8d5e2', 'verify', 'eve@example.com', NULL, '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', 0, NULL, NULL);

INSERT INTO public.todokit_auth_oauth VALUES
	('elsewhere', 'subject-4711', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', 'dora@elsewhere.example', '2026-03-28 11:55:00+00');

INSERT INTO public.todokit_auth_refresh VALUES
	('2511bbd07f0a9a0fae9e5d134f065825bd49de673bc7a72e30b8cef66baf33cc', '019d0a42-24aa-7632-a677-ae9d4eafd344', NULL),
	('a56bed30508e94435e6f2d92add76e2abe09eeb597be621cf24898fa1457a58e', '019d0a42-252c-72a0-b511-38dd1beea8bb', NULL),
	('2c9a582aed4bb9f333e17d43db4e6e3e8a2927a1b259599234f9dfa3c649504d', '019d0a42-252e-7f21-9638-d327d95bd4b4', NULL);

INSERT INTO public.todokit_auth_session VALUES
	('019d0a42-24aa-7632-a677-ae9d4eafd344', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', '2026-04-19 09:18:00+00', '192.0.2.1', 'a client'),
	('019d0a42-252c-72a0-b511-38dd1beea8bb', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-04-27 11:55:00+00', '192.0.2.1', 'a client'),
	('019d0a42-252e-7f21-9638-d327d95bd4b4', '019d0a42-24a4-7ae4-acab-559e57969bf6', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-03-28 11:55:00+00', '2026-04-27 11:55:00+00', '192.0.2.1', 'a client');

INSERT INTO public.todokit_auth_token VALUES
	('019d0a42-2532-7b92-812b-191b0ce231f4', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', 'program', '8ae9d90b76dd4f1feefc511a831fedd500a4d33d0484851398096554e21a06db', 'TXAI', '["account:read","todos:read","todos:write"]', '2026-03-28 12:00:00+00', NULL, '2026-03-28 12:00:00+00'),
	('019d0a42-2535-7604-98de-586846831af7', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', 'reader', '5e2109a78020d232a809f0ffbd5593000dae1a4c9484ac98dc3e23fb01e1c3c8', 'o3KD', '["todos:read"]', '2026-03-28 12:00:00+00', '2027-01-01 00:00:00+00', '2026-03-28 12:00:00+00');

INSERT INTO public.todokit_auth_user VALUES
	('019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', 'Dora@example.com', 'dora@example.com', '$argon2id$v=19$m=19456,t=2,p=1$u6ZE8ip2tYkR9lsIjSmueA$thKIc2MpTPt+6gH7DbG+Mmk0vQiChca+KyaeTt2QWvY', 'Dora', 'Europe/Berlin', true, true, false, 2, '2026-03-20 09:16:00+00', '2026-03-20 09:16:00+00', 2, NULL, NULL),
	('019d0a42-24a4-7ae4-acab-559e57969bf6', 'sue@example.com', 'sue@example.com', '$argon2id$v=19$m=19456,t=2,p=1$bfpkegKiAcVlS9sh1HWv8Q$jL/GAZv5catZ8b1IlhHK9peyEvJDxG1rCAamZviNhgs', 'sue', 'Europe/Berlin', true, true, true, 2, '2026-03-20 09:17:00+00', '2026-03-20 09:17:00+00', 2, NULL, NULL),
	('019d0a42-24a8-7e10-a9d1-a0c517234019', 'eve@example.com', 'eve@example.com', '$argon2id$v=19$m=19456,t=2,p=1$HbXNlyMPjpdQ/b/JYPfsrQ$1L0lQKzVC5/VAf6SAAKR0R7d0UwSHJzmqXX3UqIm22Y', 'eve', 'Europe/Berlin', true, false, false, 1, '2026-03-20 09:18:00+00', '2026-03-20 09:18:00+00', 0, NULL, NULL);

INSERT INTO public.todokit_change VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 1, 'list', '019d0a42-2401-7b1c-81c9-51828ce504db', 'created', 1, 'ann', '019d0a422400722d9f61655fdf322a14', '2026-03-20 08:01:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 2, 'list', '019d0a42-2403-757f-b3a7-00b9aafbe062', 'created', 1, 'ann', '019d0a4224027d8dbb2816645bb7fb0f', '2026-03-20 08:02:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 3, 'list', '019d0a42-2405-7058-930c-5d886de8809a', 'created', 1, 'ann', '019d0a4224047c639335544f0c6e3438', '2026-03-20 08:03:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 4, 'list', '019d0a42-2407-7f3c-b779-4fd9b9a51b5f', 'created', 1, 'ann', '019d0a4224067b029549c28be35fd989', '2026-03-20 08:04:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 5, 'list', '019d0a42-2403-757f-b3a7-00b9aafbe062', 'moved', 2, 'ann', '019d0a4224087b3993b6fa9689e32949', '2026-03-20 08:05:00+00', '{"position":["a1","Zz"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 6, 'todo', '019d0a42-240a-7095-b923-88928a1e6f91', 'created', 1, 'ann', '019d0a42240972e48a08c84fb38eb51c', '2026-03-20 08:06:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 7, 'list', '019d0a42-2405-7058-930c-5d886de8809a', 'archived', 2, 'ann', '019d0a42240b7d4997ef52368157e056', '2026-03-20 08:07:00+00', '{"archived_at":[null,"2026-03-20T08:07:00Z"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 8, 'todo', '019d0a42-240d-71a3-919a-749c3a604f08', 'created', 1, 'ann', '019d0a42240c72f5a7d287566fb7fb49', '2026-03-20 08:08:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 9, 'todo', '019d0a42-240d-71a3-919a-749c3a604f08', 'deleted', 2, 'ann', '019d0a42240e7d18bce1d60edb4b4019', '2026-03-20 08:09:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 10, 'list', '019d0a42-2407-7f3c-b779-4fd9b9a51b5f', 'deleted', 2, 'ann', '019d0a42240e7d18bce1d60edb4b4019', '2026-03-20 08:09:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 11, 'label', '019d0a42-2411-7012-806f-9444f6c70655', 'created', 1, 'ann', '019d0a422410720caa00661f1900011f', '2026-03-20 08:10:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 12, 'label', '019d0a42-2413-7791-91b2-14f81ef22445', 'created', 1, 'ann', '019d0a42241273e389beda9d1f5f1573', '2026-03-20 08:11:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 13, 'label', '019d0a42-2415-76c1-8859-c8c88c00f1ff', 'created', 1, 'ann', '019d0a4224147f6eb50c6dcb7951cfa7', '2026-03-20 08:12:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 14, 'todo', '019d0a42-2417-7d06-8651-bd603cae545c', 'created', 1, 'ann', '019d0a4224167f5d87dc7dbe8b2fce6d', '2026-03-20 08:13:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 15, 'todo', '019d0a42-2417-7d06-8651-bd603cae545c', 'updated', 2, 'ann', '019d0a4224187b9c8e342d812124e839', '2026-03-20 08:14:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 16, 'label', '019d0a42-2415-76c1-8859-c8c88c00f1ff', 'deleted', 2, 'ann', '019d0a4224187b9c8e342d812124e839', '2026-03-20 08:14:00+00', '{"merged_into":[null,"019d0a42-2413-7791-91b2-14f81ef22445"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 17, 'todo', '019d0a42-2417-7d06-8651-bd603cae545c', 'updated', 3, 'ann', '019d0a42241973b78665c54a5147816b', '2026-03-20 08:15:00+00', '{"description":["","ﬁne print\n- [ ] a ''quote'', a \\ and \"two\""]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 18, 'todo', '019d0a42-241b-78b4-8d13-9d945394dbe7', 'created', 1, 'ann', '019d0a42241a75bfbe56fc0993f69c0d', '2026-03-20 08:16:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 19, 'todo', '019d0a42-241d-7315-ab1f-1e3a87180a16', 'created', 1, 'ann', '019d0a42241c743897639b77db878ed9', '2026-03-20 08:17:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 20, 'todo', '019d0a42-241f-7584-8d74-66428d83782a', 'created', 1, 'ann', '019d0a42241e79dfb0882796d089b204', '2026-03-20 08:18:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 21, 'todo', '019d0a42-241f-7584-8d74-66428d83782a', 'moved', 2, 'ann', '019d0a4224207503ade458de81031405', '2026-03-20 08:19:00+00', '{"position":["a1","Zz"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 22, 'list', '019d0a42-2422-794a-9a2e-daf2543df196', 'created', 1, 'ann', '019d0a4224217c5693670d4699186b58', '2026-03-20 08:20:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 23, 'todo', '019d0a42-2423-712d-ab2b-fe149f8055c6', 'created', 1, 'ann', '019d0a4224217c5693670d4699186b58', '2026-03-20 08:20:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 24, 'todo', '019d0a42-2425-7f44-8fe8-c55ceb2525b6', 'created', 1, 'ann', '019d0a4224247622bd380a729e39a4fb', '2026-03-20 08:21:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 25, 'todo', '019d0a42-2427-7ddf-91e8-cf9fd1a9c2f2', 'created', 1, 'ann', '019d0a42242678c3bf124090741b9eec', '2026-03-20 08:22:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 26, 'todo', '019d0a42-2429-7139-99e8-a252d120fa23', 'created', 1, 'ann', '019d0a42242879f7a7fd26248121730c', '2026-03-20 08:23:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 27, 'todo', '019d0a42-242b-7ca4-902d-51c90c9368d9', 'created', 1, 'ann', '019d0a42242a703590c8ba32dd530390', '2026-03-20 08:24:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 28, 'todo', '019d0a42-242d-7aba-af6f-6e9ed354ca8e', 'created', 1, 'ann', '019d0a42242c7b9e8672af1f0ad1e8ab', '2026-03-20 08:25:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 29, 'todo', '019d0a42-242f-728c-9498-5a7c96727661', 'created', 1, 'ann', '019d0a42242e73609f4fc99a81041cf1', '2026-03-20 08:26:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 30, 'todo', '019d0a42-2431-7acc-9186-91d2c0e64334', 'created', 1, 'ann', '019d0a42243070f8bf6919ea9c3fc247', '2026-03-20 08:27:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 31, 'todo', '019d0a42-242b-7ca4-902d-51c90c9368d9', 'completed', 2, 'ann', '019d0a42243270b6be141484ed53b291', '2026-03-20 08:28:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:28:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 32, 'todo', '019d0a42-242d-7aba-af6f-6e9ed354ca8e', 'cancelled', 2, 'ann', '019d0a4224347b069581e3559ba8ed90', '2026-03-20 08:29:00+00', '{"status":["needs_action","cancelled"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 33, 'todo', '019d0a42-242f-728c-9498-5a7c96727661', 'completed', 2, 'ann', '019d0a42243677478df34d466f4d7ced', '2026-03-20 08:30:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:30:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 34, 'todo', '019d0a42-242f-728c-9498-5a7c96727661', 'reopened', 3, 'ann', '019d0a4224387ae68d71153b06f03c60', '2026-03-20 08:31:00+00', '{"status":["completed","needs_action"],"completed_at":["2026-03-20T08:30:00Z",null],"completed_by":["ann",null]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 35, 'todo', '019d0a42-2431-7acc-9186-91d2c0e64334', 'deleted', 2, 'ann', '019d0a4224397f0faab9e575afe62223', '2026-03-20 08:32:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 36, 'todo', '019d0a42-243c-79e8-8692-45fcebc7cf50', 'created', 1, 'ann', '019d0a42243b7d658eb16692aea576d9', '2026-03-20 08:33:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 37, 'todo', '019d0a42-243e-7e21-a09d-0c736fa9d6b1', 'created', 1, 'ann', '019d0a42243d78e98599ca056e9b4661', '2026-03-20 08:34:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 38, 'todo', '019d0a42-2440-749c-ad6b-eca5c52b864b', 'created', 1, 'ann', '019d0a42243f777abefc1d25af36b159', '2026-03-20 08:35:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 39, 'todo', '019d0a42-2442-7c2c-9cbd-7def17d9e92f', 'created', 1, 'ann', '019d0a4224417a29a4532a7314c7f75f', '2026-03-20 08:36:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 40, 'todo', '019d0a42-2444-7ec2-8e28-41ab244bd9bd', 'created', 1, 'ann', '019d0a42244376609e6ad679ec9edfe1', '2026-03-20 08:37:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 41, 'todo', '019d0a42-2446-7bf4-bdc8-f189ecd56a88', 'created', 1, 'ann', '019d0a4224457d5d933fcc23186adc8a', '2026-03-20 08:38:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 42, 'todo', '019d0a42-2446-7bf4-bdc8-f189ecd56a88', 'completed', 2, 'ann', '019d0a4224477c999737f0926a853e29', '2026-03-20 08:39:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:39:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 43, 'todo', '019d0a42-244a-71df-ab8d-4ecfb3c5ccd1', 'created', 1, 'ann', '019d0a42244970f7a971cbede1981b50', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 44, 'todo', '019d0a42-244b-756f-a5d6-7d3947f1539d', 'created', 1, 'ann', '019d0a42244970f7a971cbede1981b50', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 45, 'todo', '019d0a42-244c-7af9-9d25-62d793af7988', 'created', 1, 'ann', '019d0a42244970f7a971cbede1981b50', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 46, 'todo', '019d0a42-244d-7ebe-bcea-d28b5410876e', 'created', 1, 'ann', '019d0a42244970f7a971cbede1981b50', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 47, 'todo', '019d0a42-244e-70fc-9a12-7ecea1b8dbc4', 'created', 1, 'ann', '019d0a42244970f7a971cbede1981b50', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 48, 'todo', '019d0a42-244f-7205-9dd8-e98e13fef911', 'created', 1, 'ann', '019d0a42244970f7a971cbede1981b50', '2026-03-20 08:40:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 49, 'todo', '019d0a42-244b-756f-a5d6-7d3947f1539d', 'completed', 2, 'ann', '019d0a42245078638a791ac39b732b32', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 50, 'todo', '019d0a42-244c-7af9-9d25-62d793af7988', 'completed', 2, 'ann', '019d0a42245078638a791ac39b732b32', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 51, 'todo', '019d0a42-244d-7ebe-bcea-d28b5410876e', 'completed', 2, 'ann', '019d0a42245078638a791ac39b732b32', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 52, 'todo', '019d0a42-244e-70fc-9a12-7ecea1b8dbc4', 'completed', 2, 'ann', '019d0a42245078638a791ac39b732b32', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 53, 'todo', '019d0a42-244f-7205-9dd8-e98e13fef911', 'completed', 2, 'ann', '019d0a42245078638a791ac39b732b32', '2026-03-20 08:41:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 54, 'todo', '019d0a42-244a-71df-ab8d-4ecfb3c5ccd1', 'completed', 2, 'ann', '019d0a42245078638a791ac39b732b32', '2026-03-20 08:41:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:41:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 55, 'todo', '019d0a42-2453-70da-8729-2af167b091ce', 'created', 1, 'ann', '019d0a4224527e1abc205a6dda65c988', '2026-03-20 08:42:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 56, 'todo', '019d0a42-2455-74f9-aebb-83838544e814', 'created', 1, 'ann', '019d0a4224547d92a5a4b5385658857e', '2026-03-20 08:43:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 57, 'todo', '019d0a42-2457-7127-999d-53b9f0124b7f', 'created', 1, 'ann', '019d0a422456700e821d6ba49fa08ce7', '2026-03-20 08:44:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 58, 'todo', '019d0a42-2455-74f9-aebb-83838544e814', 'deleted', 2, 'ann', '019d0a42245879eeb288f22605ae895c', '2026-03-20 08:45:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 59, 'todo', '019d0a42-2457-7127-999d-53b9f0124b7f', 'deleted', 2, 'ann', '019d0a42245879eeb288f22605ae895c', '2026-03-20 08:45:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 60, 'todo', '019d0a42-245b-783c-bdc0-bcbd137f79bf', 'created', 1, 'ann', '019d0a42245a7310bd8ad324a9ff79dd', '2026-03-20 08:46:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 61, 'todo', '019d0a42-245e-7981-b304-1e2bdacdb984', 'created', 1, 'ann', '019d0a42245d7d84a72e7aaf8e99d822', '2026-03-20 08:47:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 62, 'todo', '019d0a42-245b-783c-bdc0-bcbd137f79bf', 'completed', 2, 'ann', '019d0a42245f7645a055f4a15aedda3d', '2026-03-20 08:48:00+00', '{"due":[{"date":"2026-03-16"},{"date":"2026-03-23"}],"occurrence":["2026-03-16","2026-03-23"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 63, 'todo', '019d0a42-245b-783c-bdc0-bcbd137f79bf', 'skipped', 3, 'ann', '019d0a42246172cb87dfd778b9d2791c', '2026-03-20 08:49:00+00', '{"due":[{"date":"2026-03-23"},{"date":"2026-03-26"}],"occurrence":["2026-03-23","2026-03-26"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 64, 'todo', '019d0a42-2464-76d1-92db-b018168b6b65', 'created', 1, 'ann', '019d0a422463735998fe6a6b2041f40a', '2026-03-20 08:50:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 65, 'todo', '019d0a42-2464-76d1-92db-b018168b6b65', 'completed', 2, 'ann', '019d0a4224667ca8a0138cdfc86d302d', '2026-03-20 08:51:00+00', '{"due":[{"datetime":"2026-03-20T18:00:00"},{"datetime":"2026-03-22T18:00:00"}],"occurrence":["2026-03-20T18:00:00","2026-03-22T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 66, 'todo', '019d0a42-2464-76d1-92db-b018168b6b65', 'completed', 3, 'ann', '019d0a4224687f8ab6afad6b96570607', '2026-03-20 08:52:00+00', '{"due":[{"datetime":"2026-03-22T18:00:00"},{"datetime":"2026-03-24T18:00:00"}],"occurrence":["2026-03-22T18:00:00","2026-03-24T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 67, 'todo', '019d0a42-2464-76d1-92db-b018168b6b65', 'undone', 4, 'ann', '019d0a42246a76f7a4baf39c87a8f0fe', '2026-03-20 08:53:00+00', '{"due":[{"datetime":"2026-03-24T18:00:00"},{"datetime":"2026-03-22T18:00:00"}],"occurrence":["2026-03-24T18:00:00","2026-03-22T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 68, 'todo', '019d0a42-2464-76d1-92db-b018168b6b65', 'completed', 5, 'ann', '019d0a42246b7b4f87898bd02230179b', '2026-03-20 08:54:00+00', '{"due":[{"datetime":"2026-03-22T18:00:00"},{"datetime":"2026-03-24T18:00:00"}],"occurrence":["2026-03-22T18:00:00","2026-03-24T18:00:00"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 69, 'todo', '019d0a42-246e-7616-8bb9-2314792e8c03', 'created', 1, 'ann', '019d0a42246d7f00af7f72d3c3a74cdf', '2026-03-20 08:55:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 70, 'todo', '019d0a42-246e-7616-8bb9-2314792e8c03', 'completed', 2, 'ann', '019d0a4224707b5a976a47588dae3d46', '2026-03-20 08:56:00+00', '{"due":[{"datetime":"2026-01-31T09:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-01T09:00:00","timezone":"Europe/Berlin"}],"occurrence":["2026-01-31T09:00:00","2026-03-01T09:00:00"],"start":[{"datetime":"2026-01-31T08:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-01T08:00:00","timezone":"Europe/Berlin"}]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 71, 'todo', '019d0a42-246e-7616-8bb9-2314792e8c03', 'skipped', 3, 'ann', '019d0a4224727481ad623772f2b20f94', '2026-03-20 08:57:00+00', '{"due":[{"datetime":"2026-03-01T09:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-31T09:00:00","timezone":"Europe/Berlin"}],"occurrence":["2026-03-01T09:00:00","2026-03-31T09:00:00"],"start":[{"datetime":"2026-03-01T08:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-31T08:00:00","timezone":"Europe/Berlin"}]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 72, 'todo', '019d0a42-2475-74a6-8b03-058b1d52bff9', 'created', 1, 'ann', '019d0a4224747b1d9c5cfb8077c9fbb3', '2026-03-20 08:58:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 73, 'todo', '019d0a42-2475-74a6-8b03-058b1d52bff9', 'completed', 2, 'ann', '019d0a422477749b8510b6b859ba5568', '2026-03-20 08:59:00+00', '{"due":[{"date":"2026-03-22"},{"date":"2026-03-23"}],"occurrence":["2026-03-22","2026-03-23"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 74, 'todo', '019d0a42-2475-74a6-8b03-058b1d52bff9', 'completed', 3, 'ann', '019d0a4224797fcd8c31e52b911a4619', '2026-03-20 09:00:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:00:00Z"],"completed_by":[null,"ann"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 75, 'todo', '019d0a42-247d-7436-976f-9a8ee067fbe6', 'created', 1, 'ann', '019d0a42247c7c42a0e18f07fb688306', '2026-03-20 09:01:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 76, 'todo', '019d0a42-247d-7436-976f-9a8ee067fbe6', 'completed', 2, 'ann', '019d0a42247f7965895c8cd50c74f3f9', '2026-03-20 09:02:00+00', '{"due":[{"date":"2026-03-22"},{"date":"2027-03-22"}],"occurrence":["2026-03-22","2027-03-22"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 77, 'todo', '019d0a42-247d-7436-976f-9a8ee067fbe6', 'deleted', 3, 'ann', '019d0a42248176e1be98160382547290', '2026-03-20 09:03:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 1, 'list', '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', 'created', 1, 'ben', '019d0a4224837b99bf2a1e5530776016', '2026-03-20 09:04:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 2, 'todo', '019d0a42-2485-7939-9c21-95314bffa77e', 'created', 1, 'ben', '019d0a4224837b99bf2a1e5530776016', '2026-03-20 09:04:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 3, 'todo', '019d0a42-2485-7939-9c21-95314bffa77e', 'completed', 2, 'ben', '019d0a4224877eb59b82dd6b2abf38ef', '2026-03-20 09:05:00+00', '{"due":[{"datetime":"2026-03-15T20:00:00"},{"datetime":"2026-03-22T20:00:00"}],"occurrence":["2026-03-15T20:00:00","2026-03-22T20:00:00"],"deadline":["2027-01-01","2027-01-08"]}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 4, 'todo', '019d0a42-248a-7b9d-96f5-b3a43a4a8518', 'created', 1, 'ben', '019d0a4224897d6c93718021cd2276ce', '2026-03-20 09:06:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 1, 'list', '019d0a42-248c-7285-b435-2ad3620652dd', 'created', 1, 'ann', '019d0a42248b75389927d0729f77e29a', '2026-03-20 09:07:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 2, 'label', '019d0a42-248e-7a20-bdfa-5bd4f74c6971', 'created', 1, 'ann', '019d0a42248d76c4b5907734dc3f2516', '2026-03-20 09:08:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 3, 'todo', '019d0a42-2490-7607-ab3a-a3df99e612cf', 'created', 1, 'dan', '019d0a42248f71e2a654faf3d9ee7a09', '2026-03-20 09:09:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 4, 'todo', '019d0a42-2492-7e67-a052-b0282cbe8dfa', 'created', 1, 'ann', '019d0a4224917777896a663d413aaa40', '2026-03-20 09:10:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 5, 'todo', '019d0a42-2494-7e0f-b36a-f4b603284844', 'created', 1, 'ann', '019d0a4224937075b0f9029139c2ee63', '2026-03-20 09:11:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 6, 'todo', '019d0a42-2494-7e0f-b36a-f4b603284844', 'completed', 2, 'dan', '019d0a4224957518b51208ece36cddf6', '2026-03-20 09:12:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:12:00Z"],"completed_by":[null,"dan"]}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 7, 'todo', '019d0a42-2498-7861-8c5e-0c2b4b7edb68', 'created', 1, 'dan', '019d0a422497711ab691de720d6b0f8d', '2026-03-20 09:13:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 8, 'todo', '019d0a42-2498-7861-8c5e-0c2b4b7edb68', 'deleted', 2, 'dan', '019d0a422499782ca80121877e82afc1', '2026-03-20 09:14:00+00', '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 9, 'reminder', '019d0a42-249c-772c-a564-aa143374182d', 'created', 1, 'dan', '019d0a42249b7aaaa2ba686c35b62c3a', '2026-03-20 09:15:00+00', '{}'),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', 1, 'list', '019d0a42-24ac-787b-8757-a974b0a87343', 'created', 1, '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '019d0a4224ab720e934f65b85a2485f5', '2026-03-20 09:19:00+00', '{}'),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', 2, 'todo', '019d0a42-24ad-7404-b50e-68cd2c65f271', 'created', 1, '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '019d0a4224ab720e934f65b85a2485f5', '2026-03-20 09:19:00+00', '{}'),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', 3, 'list', '019d0a42-24b0-7706-979b-befc1e767bbe', 'created', 1, '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '019d0a4224af7bffa5b3018562d84449', '2026-03-20 09:20:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 78, 'todo', '019d0a42-24b2-7d6d-8815-772223aa1a3b', 'created', 1, 'ann', '019d0a4224b17a69983aae75b453b8f6', '2026-03-20 09:21:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 79, 'reminder', '019d0a42-24b4-755a-92c7-2effa1d0f287', 'created', 1, 'ann', '019d0a4224b37ab4883604a160d9a125', '2026-03-20 09:22:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 80, 'reminder', '019d0a42-24b7-7f72-8186-cc10183d9a77', 'created', 1, 'ann', '019d0a4224b6773492a0430fdbc77181', '2026-03-20 09:23:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 81, 'reminder', '019d0a42-24ba-7ef2-af97-90a205cae9c4', 'created', 1, 'ann', '019d0a4224b97ba2a1876c09cea85c1e', '2026-03-20 09:24:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 82, 'todo', '019d0a42-24bd-7f3b-919d-8c603cec7a00', 'created', 1, 'ann', '019d0a4224bc76d0b1cf6e253339b08d', '2026-03-20 09:25:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 83, 'reminder', '019d0a42-24bf-77ac-9baf-bc697f3bdcc5', 'created', 1, 'ann', '019d0a4224be7aa18c19e1dc237038cb', '2026-03-20 09:26:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 84, 'reminder', '019d0a42-24c1-7dff-99a5-8501a6c340b2', 'created', 1, 'ann', '019d0a4224c078c9ac985017b3d2c575', '2026-03-20 09:27:00+00', '{}');
INSERT INTO public.todokit_change VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 85, 'reminder', '019d0a42-24c4-719a-a3a7-6e16d237228e', 'created', 1, 'ann', '019d0a4224c37194ac86d8543810bfa2', '2026-03-20 09:28:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 5, 'todo', '019d0a42-24c7-79be-91f4-75a1d652d5e2', 'created', 1, 'ben', '019d0a4224c679f38ba0c073836e63ef', '2026-03-20 09:29:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 6, 'reminder', '019d0a42-24c9-7eaf-8692-ade9a4e367f6', 'created', 1, 'ben', '019d0a4224c8736fa9d81d1fd6e41d5c', '2026-03-20 09:30:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 7, 'reminder', '019d0a42-24cc-76ce-b455-6336d91f6982', 'created', 1, 'ben', '019d0a4224cb759dbd5fcc36568ac6a5', '2026-03-20 09:31:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 8, 'todo', '019d0a42-24cf-7a8e-831f-485e67ed3513', 'created', 1, 'ben', '019d0a4224ce7558846f970bddd619e0', '2026-03-20 09:32:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 9, 'reminder', '019d0a42-24d1-786a-b3e1-fc115148f0c1', 'created', 1, 'ben', '019d0a4224d072dfac5cf4ce41622a16', '2026-03-20 09:33:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 10, 'todo', '019d0a42-24cf-7a8e-831f-485e67ed3513', 'completed', 2, 'ben', '019d0a4224d375ca82841506428a1fe0', '2026-03-20 09:34:00+00', '{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:34:00Z"],"completed_by":[null,"ben"]}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 11, 'todo', '019d0a42-24d6-76e7-b327-d740c0fa836b', 'created', 1, 'ben', '019d0a4224d57ee281442ce3fb9d368c', '2026-03-20 09:35:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 12, 'reminder', '019d0a42-24d8-7de6-8c46-62dd5ace33bc', 'created', 1, 'ben', '019d0a4224d77d568776840b58f4b5b2', '2026-03-20 09:36:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 13, 'todo', '019d0a42-24db-7d92-b8c8-841e752f477a', 'created', 1, 'ben', '019d0a4224da713094fdaaaec9c5d174', '2026-03-20 09:37:00+00', '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 14, 'reminder', '019d0a42-24dd-7f3d-8ae7-8772ffb6ad45', 'created', 1, 'ben', '019d0a4224dc7f71aa8f8703a7cf291b', '2026-03-20 09:38:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 86, 'reminder', '019d0a42-24ba-7ef2-af97-90a205cae9c4', 'fired', 2, 'system:worker', '019d0a4224e77537a141190e0b476a69', '2026-03-27 10:00:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 87, 'reminder', '019d0a42-24b7-7f72-8186-cc10183d9a77', 'fired', 2, 'system:worker', '019d0a4224ec7c51a9eb00676659211c', '2026-03-27 10:00:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 88, 'reminder', '019d0a42-24b4-755a-92c7-2effa1d0f287', 'fired', 2, 'system:worker', '019d0a4224f17811972c32b034720d69', '2026-03-27 10:00:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 89, 'reminder', '019d0a42-24ba-7ef2-af97-90a205cae9c4', 'updated', 3, 'ann', '019d0a42251c796a98f95abf9194d649', '2026-03-28 08:02:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 90, 'todo', '019d0a42-2520-782e-aa12-ed81ca1e5e4e', 'created', 1, 'ann', '019d0a42251f7d069f328579fbe00d32', '2026-03-28 08:04:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 91, 'todo', '019d0a42-2520-782e-aa12-ed81ca1e5e4e', 'updated', 2, 'ann', '019d0a4225227c8c8e75ec3c59885001', '2026-03-28 08:06:00+00', '{"priority":[0,2]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 92, 'todo', '019d0a42-245b-783c-bdc0-bcbd137f79bf', 'completed', 4, 'ann', '019d0a42252471b7bb4a7d1cbf9f8af0', '2026-03-28 08:08:00+00', '{"due":[{"date":"2026-03-26"},{"date":"2026-03-30"}],"occurrence":["2026-03-26","2026-03-30"]}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 93, 'list', '019d0a42-2527-7c85-8c1e-a121c2bc4a57', 'created', 1, 'ann', '019d0a42252673f8883f69be636e85bf', '2026-03-28 08:09:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 94, 'label', '019d0a42-2529-7c34-bf2a-072cb24d4e94', 'created', 1, 'ann', '019d0a4225287bd9a46b0c2a60d8bf2a', '2026-03-28 08:10:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 95, 'label', '019d0a42-2529-7c34-bf2a-072cb24d4e94', 'deleted', 2, 'ann', '019d0a42252a7a57afd225cd8563ac4d', '2026-03-28 08:11:00+00', '{}');

INSERT INTO public.todokit_idempotency VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 0', 'b0080eacd3e1b1e488df93f37ec46f83faf67542d480fcce555448af1e55de60', 201, '{"etag":"\"1\"","location":"/api/todos/019d0a42-2520-782e-aa12-ed81ca1e5e4e","content-length":"483","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323532302d373832652d616131322d656438316361316535653465222c226c6973745f6964223a2230313964306134322d323432322d373934612d396132652d646166323534336466313936222c22706172656e745f6964223a6e756c6c2c227469746c65223a226d616465206f6e6365222c226465736372697074696f6e223a22222c22737461747573223a226e656564735f616374696f6e222c227072696f72697479223a302c227374617274223a6e756c6c2c22647565223a6e756c6c2c22646561646c696e65223a6e756c6c2c22726563757272656e6365223a6e756c6c2c226f6363757272656e6365223a6e756c6c2c22706f736974696f6e223a226152222c226c6162656c5f696473223a5b5d2c226c696e6b73223a5b5d2c226578747261223a7b22c3bc223a312e357d2c22636f6d706c657465645f6174223a6e756c6c2c22636f6d706c657465645f6279223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32385430383a30343a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30343a30305a222c2276657273696f6e223a312c2264656c657465645f6174223a6e756c6c7d', '2026-03-28 08:04:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 1', '3fb2e74dd1deecdc7e4ba42d0808b6e79452dbd989de18a7a99d97c5335eb306', 200, '{"etag":"\"2\"","content-length":"483","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323532302d373832652d616131322d656438316361316535653465222c226c6973745f6964223a2230313964306134322d323432322d373934612d396132652d646166323534336466313936222c22706172656e745f6964223a6e756c6c2c227469746c65223a226d616465206f6e6365222c226465736372697074696f6e223a22222c22737461747573223a226e656564735f616374696f6e222c227072696f72697479223a322c227374617274223a6e756c6c2c22647565223a6e756c6c2c22646561646c696e65223a6e756c6c2c22726563757272656e6365223a6e756c6c2c226f6363757272656e6365223a6e756c6c2c22706f736974696f6e223a226152222c226c6162656c5f696473223a5b5d2c226c696e6b73223a5b5d2c226578747261223a7b22c3bc223a312e357d2c22636f6d706c657465645f6174223a6e756c6c2c22636f6d706c657465645f6279223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32385430383a30343a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30363a30305a222c2276657273696f6e223a322c2264656c657465645f6174223a6e756c6c7d', '2026-03-28 08:06:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 2', '164c41a2147adab4ab4270236b1bad8dc18be9af7b013b6c70c362cd90ce80ba', 200, '{"etag":"\"4\"","content-length":"641","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323435622d373833632d626463302d626362643133376637396266222c226c6973745f6964223a2230313964306134322d323432322d373934612d396132652d646166323534336466313936222c22706172656e745f6964223a6e756c6c2c227469746c65223a227765656b6c79222c226465736372697074696f6e223a22222c22737461747573223a226e656564735f616374696f6e222c227072696f72697479223a302c227374617274223a6e756c6c2c22647565223a7b2264617465223a22323032362d30332d3330227d2c22646561646c696e65223a6e756c6c2c22726563757272656e6365223a7b227272756c65223a22465245513d5745454b4c593b42594441593d4d4f2c5448222c226d6f6465223a227363686564756c65222c22736b6970223a226261636b77617264222c2263617463685f7570223a226e6578745f667574757265222c2272657365745f7375627461736b73223a747275652c2265786461746573223a5b22323032362d30342d3036225d7d2c226f6363757272656e6365223a22323032362d30332d3330222c22706f736974696f6e223a22614b222c226c6162656c5f696473223a5b5d2c226c696e6b73223a5b5d2c226578747261223a7b226e223a317d2c22636f6d706c657465645f6174223a6e756c6c2c22636f6d706c657465645f6279223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32305430383a34363a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30383a30305a222c2276657273696f6e223a342c2264656c657465645f6174223a6e756c6c7d', '2026-03-28 08:08:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 3', 'ece533cf959599f04947a356aa73d2a7dcf128a3ad6922945b8ccc6c49f72a86', 201, '{"etag":"\"1\"","location":"/api/lists/019d0a42-2527-7c85-8c1e-a121c2bc4a57","content-length":"277","content-type":"application/json"}', '\x7b226964223a2230313964306134322d323532372d376338352d386331652d613132316332626334613537222c226465736372697074696f6e223a22222c22636f6c6f72223a6e756c6c2c2269636f6e223a6e756c6c2c226578747261223a7b7d2c226e616d65223a226d616465206f6e63652c20746f6f222c22706f736974696f6e223a226134222c2269735f696e626f78223a66616c73652c2261726368697665645f6174223a6e756c6c2c22637265617465645f6174223a22323032362d30332d32385430383a30393a30305a222c22637265617465645f6279223a22616e6e222c22757064617465645f6174223a22323032362d30332d32385430383a30393a30305a222c2276657273696f6e223a317d', '2026-03-28 08:09:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'ann', 'key 4', '9544d4058c25e537dfaffadbd49920592c7aac8bcaf62103f7959865daffa471', 204, '{}', '\x', '2026-03-28 08:11:00+00');

INSERT INTO public.todokit_job VALUES
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-249d-7688-a214-8c2240df294b', 'reminder', '019d0a42249c772ca564aa143374182d', '2026-03-30 08:00:00+00', '2026-03-30 08:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c2-7a82-84ae-0d30527d5f0f', 'reminder', '019d0a4224c17dff99a58501a6c340b2', '2026-04-02 07:00:00+00', '2026-04-02 07:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c5-779b-8eda-24da26e111c7', 'reminder', '019d0a4224c4719aa3a76e16d237228e', '2026-04-02 00:00:00+00', '2026-04-02 00:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24ca-718f-9aa2-4c569ebe1945', 'reminder', '019d0a4224c97eaf8692ade9a4e367f6', '2026-04-03 14:30:00+00', '2026-04-03 14:30:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24cd-72a5-a2d2-6cf7ea002768', 'reminder', '019d0a4224cc76ceb4556336d91f6982', '2026-04-04 13:00:00+00', '2026-04-04 13:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d2-7380-a3de-6731d4bbe77b', 'reminder', '019d0a4224d1786ab3e1fc115148f0c1', '2026-04-05 13:00:00+00', '2026-04-05 13:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d9-7c62-a4cf-7d10568583b5', 'reminder', '019d0a4224d87de68c4662dd5ace33bc', '2026-03-26 07:00:00+00', '2026-03-27 17:00:30+00', 8, NULL, 'ConnectionError: the line is dead', '2026-03-27 17:00:00+00', '', NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24de-7cb6-8221-6e2ff6a6fdd3', 'reminder', '019d0a4224dd7f3d8ae78772ffb6ad45', '2026-03-28 07:00:00+00', '2026-03-28 08:00:12.84611+00', 1, NULL, 'ConnectionError: the line is dead', NULL, '', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-251d-7329-bdf4-5e32be8e80b1', 'reminder', '019d0a4224ba7ef2af9790a205cae9c4', '2026-03-28 20:00:00+00', '2026-03-28 20:00:00+00', 0, NULL, NULL, NULL, '', NULL, NULL);

INSERT INTO public.todokit_label VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2411-7012-806f-9444f6c70655', 1, '2026-03-20 08:10:00+00', 'ann', '2026-03-20 08:10:00+00', 'dringend', 'dringend', '#dc2626'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2413-7791-91b2-14f81ef22445', 1, '2026-03-20 08:11:00+00', 'ann', '2026-03-20 08:11:00+00', 'Später', 'später', NULL),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-248e-7a20-bdfa-5bd4f74c6971', 1, '2026-03-20 09:08:00+00', 'ann', '2026-03-20 09:08:00+00', 'acme', 'acme', NULL);

INSERT INTO public.todokit_list VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2401-7b1c-81c9-51828ce504db', 1, '2026-03-20 08:01:00+00', 'ann', '2026-03-20 08:01:00+00', NULL, NULL, 'Haus & Hof', '', '#d97706', 'home', 'a0', false, NULL, '{"floor":2}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2403-757f-b3a7-00b9aafbe062', 2, '2026-03-20 08:02:00+00', 'ann', '2026-03-20 08:05:00+00', NULL, NULL, 'Straßenbau', 'größer als
gedacht', NULL, NULL, 'Zz', false, NULL, '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2405-7058-930c-5d886de8809a', 2, '2026-03-20 08:03:00+00', 'ann', '2026-03-20 08:07:00+00', NULL, NULL, 'Archived', '', NULL, NULL, 'a2', false, '2026-03-20 08:07:00+00', '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2407-7f3c-b779-4fd9b9a51b5f', 2, '2026-03-20 08:04:00+00', 'ann', '2026-03-20 08:09:00+00', '2026-03-20 08:09:00+00', '019d0a42-240f-7041-88cc-c22ac7209ded', 'Trashed', '', NULL, NULL, 'a3', false, NULL, '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2422-794a-9a2e-daf2543df196', 1, '2026-03-20 08:20:00+00', 'ann', '2026-03-20 08:20:00+00', NULL, NULL, 'Inbox', '', NULL, NULL, 'a3', true, NULL, '{}'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', 1, '2026-03-20 09:04:00+00', 'ben', '2026-03-20 09:04:00+00', NULL, NULL, 'Inbox', '', NULL, NULL, 'a0', true, NULL, '{}'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-248c-7285-b435-2ad3620652dd', 1, '2026-03-20 09:07:00+00', 'ann', '2026-03-20 09:07:00+00', NULL, NULL, 'Plan', '', NULL, NULL, 'a0', false, NULL, '{}'),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', '019d0a42-24ac-787b-8757-a974b0a87343', 1, '2026-03-20 09:19:00+00', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '2026-03-20 09:19:00+00', NULL, NULL, 'Inbox', '', NULL, NULL, 'a0', true, NULL, '{}'),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', '019d0a42-24b0-7706-979b-befc1e767bbe', 1, '2026-03-20 09:20:00+00', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '2026-03-20 09:20:00+00', NULL, NULL, 'of an account, too', '', NULL, NULL, 'a1', false, NULL, '{}'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2527-7c85-8c1e-a121c2bc4a57', 1, '2026-03-28 08:09:00+00', 'ann', '2026-03-28 08:09:00+00', NULL, NULL, 'made once, too', '', NULL, NULL, 'a4', false, NULL, '{}');

INSERT INTO public.todokit_occurrence VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2460-7be4-b135-42ad29fc7fb0', '019d0a42-245b-783c-bdc0-bcbd137f79bf', '019d0a42-245c-7ad6-b357-e1e0c8f9e06a', '2026-03-16', 'completed', false, 1, '2026-03-20 08:48:00+00', 'ann', 'needs_action', '{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-16', NULL, '2026-03-16 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2462-72c1-bdff-f8537598c0e0', '019d0a42-245b-783c-bdc0-bcbd137f79bf', '019d0a42-245c-7ad6-b357-e1e0c8f9e06a', '2026-03-23', 'skipped', false, 2, '2026-03-20 08:49:00+00', 'ann', 'needs_action', '{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-23', NULL, '2026-03-23 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2467-7830-b338-5cd24e15fc8e', '019d0a42-2464-76d1-92db-b018168b6b65', '019d0a42-2465-7b66-a04b-1723b5a1e83d', '2026-03-20T18:00:00', 'completed', false, 1, '2026-03-20 08:51:00+00', 'ann', 'needs_action', '{"id":"019d0a4224657b66a04b1723b5a1e83d","start":"2026-03-20T18:00:00","last":null,"left":29,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-20T18:00:00', NULL, '2026-03-20 18:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-246c-77f4-b0b8-fa63703b4581', '019d0a42-2464-76d1-92db-b018168b6b65', '019d0a42-2465-7b66-a04b-1723b5a1e83d', '2026-03-22T18:00:00', 'completed', false, 4, '2026-03-20 08:54:00+00', 'ann', 'needs_action', '{"id":"019d0a4224657b66a04b1723b5a1e83d","start":"2026-03-20T18:00:00","last":null,"left":28,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22T18:00:00', NULL, '2026-03-22 18:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2471-7f28-8607-c11428854276', '019d0a42-246e-7616-8bb9-2314792e8c03', '019d0a42-246f-7ac5-9375-70df2f1a03ab', '2026-01-31T09:00:00', 'completed', false, 1, '2026-03-20 08:56:00+00', 'ann', 'needs_action', '{"id":"019d0a42246f7ac5937570df2f1a03ab","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}', '2026-01-31T08:00:00', 'Europe/Berlin', '2026-01-31 07:00:00+00', '2026-01-31T09:00:00', 'Europe/Berlin', '2026-01-31 08:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2473-7b7c-ac43-001d8cb75683', '019d0a42-246e-7616-8bb9-2314792e8c03', '019d0a42-246f-7ac5-9375-70df2f1a03ab', '2026-03-01T09:00:00', 'skipped', false, 2, '2026-03-20 08:57:00+00', 'ann', 'needs_action', '{"id":"019d0a42246f7ac5937570df2f1a03ab","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}', '2026-03-01T08:00:00', 'Europe/Berlin', '2026-03-01 07:00:00+00', '2026-03-01T09:00:00', 'Europe/Berlin', '2026-03-01 08:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2478-75ce-93f0-8ab42a69531c', '019d0a42-2475-74a6-8b03-058b1d52bff9', '019d0a42-2476-77d6-bccd-abe2e78d0c93', '2026-03-22', 'completed', false, 1, '2026-03-20 08:59:00+00', 'ann', 'needs_action', '{"id":"019d0a42247677d6bccdabe2e78d0c93","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22', NULL, '2026-03-22 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-247a-7607-b2dd-b75cc9f10dd7', '019d0a42-2475-74a6-8b03-058b1d52bff9', '019d0a42-2476-77d6-bccd-abe2e78d0c93', '2026-03-23', 'completed', true, 2, '2026-03-20 09:00:00+00', 'ann', 'needs_action', '{"id":"019d0a42247677d6bccdabe2e78d0c93","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-23', NULL, '2026-03-23 00:00:00+00', '9999-12-30'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2480-7031-bedd-7c3189bc6bff', '019d0a42-247d-7436-976f-9a8ee067fbe6', '019d0a42-247e-7153-859d-2cb9f43e18f7', '2026-03-22', 'completed', false, 1, '2026-03-20 09:02:00+00', 'ann', 'needs_action', '{"id":"019d0a42247e7153859d2cb9f43e18f7","start":"2026-03-22T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22', NULL, '2026-03-22 00:00:00+00', '9999-12-30'),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-2488-73a1-907c-8efd550135ac', '019d0a42-2485-7939-9c21-95314bffa77e', '019d0a42-2486-7053-87d7-7c4ad7e4a800', '2026-03-15T20:00:00', 'completed', false, 1, '2026-03-20 09:05:00+00', 'ben', 'needs_action', '{"id":"019d0a422486705387d77c4ad7e4a800","start":"2026-03-15T20:00:00","last":null,"left":null,"leads":{"deadline":292}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-15T20:00:00', NULL, '2026-03-15 20:00:00+00', '2027-01-01'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2525-7196-9545-e508d774fbcf', '019d0a42-245b-783c-bdc0-bcbd137f79bf', '019d0a42-245c-7ad6-b357-e1e0c8f9e06a', '2026-03-26', 'completed', false, 3, '2026-03-28 08:08:00+00', 'ann', 'needs_action', '{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-26', NULL, '2026-03-26 00:00:00+00', '9999-12-30');

INSERT INTO public.todokit_reminder VALUES
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-249c-772c-a564-aa143374182d', 1, '2026-03-20 09:15:00+00', 'dan', '2026-03-20 09:15:00+00', '019d0a42-2490-7607-ab3a-a3df99e612cf', 'dan', NULL, NULL, 'due', 60, 'UTC', 540, '2026-03-30 08:00:00+00', '2026-03-30 08:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24bf-77ac-9baf-bc697f3bdcc5', 1, '2026-03-20 09:26:00+00', 'ann', '2026-03-20 09:26:00+00', '019d0a42-24bd-7f3b-919d-8c603cec7a00', 'ann', NULL, NULL, 'due', 5, 'Europe/Berlin', 540, NULL, '9999-12-31 00:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c1-7dff-99a5-8501a6c340b2', 1, '2026-03-20 09:27:00+00', 'ann', '2026-03-20 09:27:00+00', '019d0a42-24bd-7f3b-919d-8c603cec7a00', 'ann', '2026-04-02T09:00:00', NULL, NULL, NULL, 'Europe/Berlin', 540, '2026-04-02 07:00:00+00', '2026-04-02 07:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24c4-719a-a3a7-6e16d237228e', 1, '2026-03-20 09:28:00+00', 'ann', '2026-03-20 09:28:00+00', '019d0a42-24bd-7f3b-919d-8c603cec7a00', 'ann', '2026-04-02T09:00:00', 'Asia/Tokyo', NULL, NULL, 'Europe/Berlin', 540, '2026-04-02 00:00:00+00', '2026-04-02 00:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24c9-7eaf-8692-ade9a4e367f6', 1, '2026-03-20 09:30:00+00', 'ben', '2026-03-20 09:30:00+00', '019d0a42-24c7-79be-91f4-75a1d652d5e2', 'ben', NULL, NULL, 'start', -90, 'America/New_York', 540, '2026-04-03 14:30:00+00', '2026-04-03 14:30:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24cc-76ce-b455-6336d91f6982', 1, '2026-03-20 09:31:00+00', 'ben', '2026-03-20 09:31:00+00', '019d0a42-24c7-79be-91f4-75a1d652d5e2', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-04-04 13:00:00+00', '2026-04-04 13:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d1-786a-b3e1-fc115148f0c1', 1, '2026-03-20 09:33:00+00', 'ben', '2026-03-20 09:33:00+00', '019d0a42-24cf-7a8e-831f-485e67ed3513', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-04-05 13:00:00+00', '2026-04-05 13:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d8-7de6-8c46-62dd5ace33bc', 1, '2026-03-20 09:36:00+00', 'ben', '2026-03-20 09:36:00+00', '019d0a42-24d6-76e7-b327-d740c0fa836b', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-03-26 07:00:00+00', '2026-03-26 07:00:00+00', NULL, NULL, NULL),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24dd-7f3d-8ae7-8772ffb6ad45', 1, '2026-03-20 09:38:00+00', 'ben', '2026-03-20 09:38:00+00', '019d0a42-24db-7d92-b8c8-841e752f477a', 'ben', NULL, NULL, 'due', 0, 'America/New_York', 540, '2026-03-28 07:00:00+00', '2026-03-28 07:00:00+00', NULL, NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24b7-7f72-8186-cc10183d9a77', 2, '2026-03-20 09:23:00+00', 'ann', '2026-03-27 10:00:00+00', '019d0a42-24b2-7d6d-8815-772223aa1a3b', 'ann', NULL, NULL, 'due', 30, 'Europe/Berlin', 540, '2026-03-27 08:30:00+00', '9999-12-31 00:00:00+00', '2026-03-27 08:30:00+00', '2026-03-27 10:00:00+00', NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24b4-755a-92c7-2effa1d0f287', 2, '2026-03-20 09:22:00+00', 'ann', '2026-03-27 10:00:00+00', '019d0a42-24b2-7d6d-8815-772223aa1a3b', 'ann', NULL, NULL, 'due', 0, 'Europe/Berlin', 540, '2026-03-27 09:00:00+00', '9999-12-31 00:00:00+00', '2026-03-27 09:00:00+00', '2026-03-27 10:00:00+00', NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24ba-7ef2-af97-90a205cae9c4', 3, '2026-03-20 09:24:00+00', 'ann', '2026-03-28 08:02:00+00', '019d0a42-24b2-7d6d-8815-772223aa1a3b', 'ann', NULL, NULL, 'due', 60, 'Europe/Berlin', 540, '2026-03-27 08:00:00+00', '2026-03-28 20:00:00+00', '2026-03-27 08:00:00+00', '2026-03-27 10:00:00+00', '2026-03-28 20:00:00+00');

INSERT INTO public.todokit_space VALUES
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', 'personal', 'ben', 14, '2026-03-20 09:04:00+00'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', 'personal', 'ann', 95, '2026-03-20 08:01:00+00'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', 'host', 'acme', 9, '2026-03-20 09:07:00+00'),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', 'personal', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', 3, '2026-03-20 09:19:00+00');

INSERT INTO public.todokit_todo VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-240a-7095-b923-88928a1e6f91', 1, '2026-03-20 08:06:00+00', 'ann', '2026-03-20 08:06:00+00', NULL, NULL, '019d0a42-2405-7058-930c-5d886de8809a', NULL, 0, 'in the archive', 'in the archive', '', 'in the archive
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-240d-71a3-919a-749c3a604f08', 2, '2026-03-20 08:08:00+00', 'ann', '2026-03-20 08:09:00+00', '2026-03-20 08:09:00+00', '019d0a42-240f-7041-88cc-c22ac7209ded', '019d0a42-2407-7f3c-b779-4fd9b9a51b5f', NULL, 0, 'alone in the trash of its list', 'alone in the trash of its list', '', 'alone in the trash of its list
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2417-7d06-8651-bd603cae545c', 3, '2026-03-20 08:13:00+00', 'ann', '2026-03-20 08:15:00+00', NULL, NULL, '019d0a42-2401-7b1c-81c9-51828ce504db', NULL, 0, 'Café Ørsted — 注文', 'café ørsted — 注文', 'ﬁne print
- [ ] a ''quote'', a \ and "two"', 'cafe orsted — 注文
fine print
- [ ] a ''quote'', a \ and "two"', 'needs_action', 1, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-78b4-8d13-9d945394dbe7', 1, '2026-03-20 08:16:00+00', 'ann', '2026-03-20 08:16:00+00', NULL, NULL, '019d0a42-2403-757f-b3a7-00b9aafbe062', NULL, 0, 'Straße, verlinkt', 'strasse, verlinkt', '', 'strasse, verlinkt
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241d-7315-ab1f-1e3a87180a16', 1, '2026-03-20 08:17:00+00', 'ann', '2026-03-20 08:17:00+00', NULL, NULL, '019d0a42-2403-757f-b3a7-00b9aafbe062', NULL, 0, 'extra', 'extra', '', 'extra
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a1', '{"a":[1,2.5,null,"ü"],"b":{"c":true},"amount":10}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241f-7584-8d74-66428d83782a', 2, '2026-03-20 08:18:00+00', 'ann', '2026-03-20 08:19:00+00', NULL, NULL, '019d0a42-2401-7b1c-81c9-51828ce504db', NULL, 0, 'moved to the front', 'moved to the front', '', 'moved to the front
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'Zz', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2423-712d-ab2b-fe149f8055c6', 1, '2026-03-20 08:20:00+00', 'ann', '2026-03-20 08:20:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'due today', 'due today', '', 'due today
', 'needs_action', 5, '2026-03-27', NULL, '2026-03-27 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '2026-04-01', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2425-7f44-8fe8-c55ceb2525b6', 1, '2026-03-20 08:21:00+00', 'ann', '2026-03-20 08:21:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'due where one is', 'due where one is', '', 'due where one is
', 'needs_action', 9, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-29T02:30:00', NULL, '2026-03-29 02:30:00+00', '9999-12-30', 'a1', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2427-7ddf-91e8-cf9fd1a9c2f2', 1, '2026-03-20 08:22:00+00', 'ann', '2026-03-20 08:22:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'due in Berlin', 'due in berlin', '', 'due in berlin
', 'needs_action', 10, '2026-10-24T09:00:00', 'Asia/Tokyo', '2026-10-24 00:00:00+00', '2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25 00:30:00+00', '9999-12-30', 'a2', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2429-7139-99e8-a252d120fa23', 1, '2026-03-20 08:23:00+00', 'ann', '2026-03-20 08:23:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'overdue', 'overdue', '', 'overdue
', 'in_progress', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-21', NULL, '2026-03-21 00:00:00+00', '2026-03-25', 'a3', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-242b-7ca4-902d-51c90c9368d9', 2, '2026-03-20 08:24:00+00', 'ann', '2026-03-20 08:28:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'completed, once', 'completed, once', '', 'completed, once
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a4', '{}', '2026-03-20 08:28:00+00', 'ann', '019d0a42-2433-7455-a375-8ee01077bb5d', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-242d-7aba-af6f-6e9ed354ca8e', 2, '2026-03-20 08:25:00+00', 'ann', '2026-03-20 08:29:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'cancelled, once', 'cancelled, once', '', 'cancelled, once
', 'cancelled', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a5', '{}', '9999-12-31 00:00:00+00', NULL, '019d0a42-2435-7c8b-9297-2a89bbc1f8d9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-242f-728c-9498-5a7c96727661', 3, '2026-03-20 08:26:00+00', 'ann', '2026-03-20 08:31:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'reopened, once', 'reopened, once', '', 'reopened, once
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a6', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2431-7acc-9186-91d2c0e64334', 2, '2026-03-20 08:27:00+00', 'ann', '2026-03-20 08:32:00+00', '2026-03-20 08:32:00+00', '019d0a42-243a-73f0-9b57-53de6ff9fe6d', '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'trashed, once', 'trashed, once', '', 'trashed, once
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a7', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-243c-79e8-8692-45fcebc7cf50', 1, '2026-03-20 08:33:00+00', 'ann', '2026-03-20 08:33:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'depth 0', 'depth 0', '', 'depth 0
', 'needs_action', 3, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a7', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-243e-7e21-a09d-0c736fa9d6b1', 1, '2026-03-20 08:34:00+00', 'ann', '2026-03-20 08:34:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-243c-79e8-8692-45fcebc7cf50', 1, 'depth 1', 'depth 1', '', 'depth 1
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a8', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2440-749c-ad6b-eca5c52b864b', 1, '2026-03-20 08:35:00+00', 'ann', '2026-03-20 08:35:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-243e-7e21-a09d-0c736fa9d6b1', 2, 'depth 2', 'depth 2', '', 'depth 2
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a9', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2442-7c2c-9cbd-7def17d9e92f', 1, '2026-03-20 08:36:00+00', 'ann', '2026-03-20 08:36:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-2440-749c-ad6b-eca5c52b864b', 3, 'depth 3', 'depth 3', '', 'depth 3
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aA', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2444-7ec2-8e28-41ab244bd9bd', 1, '2026-03-20 08:37:00+00', 'ann', '2026-03-20 08:37:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-2442-7c2c-9cbd-7def17d9e92f', 4, 'depth 4', 'depth 4', '', 'depth 4
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aB', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2446-7bf4-bdc8-f189ecd56a88', 2, '2026-03-20 08:38:00+00', 'ann', '2026-03-20 08:39:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-2444-7ec2-8e28-41ab244bd9bd', 5, 'depth 5', 'depth 5', '', 'depth 5
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aC', '{}', '2026-03-20 08:39:00+00', 'ann', '019d0a42-2448-78c3-942e-66525f933a2b', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244b-756f-a5d6-7d3947f1539d', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-244a-71df-ab8d-4ecfb3c5ccd1', 1, 'depth 1', 'depth 1', '', 'depth 1
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aE', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-724a-b152-8e71c6d2d1a9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244c-7af9-9d25-62d793af7988', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-244b-756f-a5d6-7d3947f1539d', 2, 'depth 2', 'depth 2', '', 'depth 2
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aF', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-724a-b152-8e71c6d2d1a9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244d-7ebe-bcea-d28b5410876e', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-244c-7af9-9d25-62d793af7988', 3, 'depth 3', 'depth 3', '', 'depth 3
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aG', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-724a-b152-8e71c6d2d1a9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244e-70fc-9a12-7ecea1b8dbc4', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-244d-7ebe-bcea-d28b5410876e', 4, 'depth 4', 'depth 4', '', 'depth 4
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aH', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-724a-b152-8e71c6d2d1a9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244f-7205-9dd8-e98e13fef911', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-244e-70fc-9a12-7ecea1b8dbc4', 5, 'depth 5', 'depth 5', '', 'depth 5
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aI', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-724a-b152-8e71c6d2d1a9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-244a-71df-ab8d-4ecfb3c5ccd1', 2, '2026-03-20 08:40:00+00', 'ann', '2026-03-20 08:41:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'depth 0', 'depth 0', '', 'depth 0
', 'completed', 3, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aD', '{}', '2026-03-20 08:41:00+00', 'ann', '019d0a42-2451-724a-b152-8e71c6d2d1a9', NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2453-70da-8729-2af167b091ce', 1, '2026-03-20 08:42:00+00', 'ann', '2026-03-20 08:42:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'its branch is in the trash', 'its branch is in the trash', '', 'its branch is in the trash
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aJ', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2455-74f9-aebb-83838544e814', 2, '2026-03-20 08:43:00+00', 'ann', '2026-03-20 08:45:00+00', '2026-03-20 08:45:00+00', '019d0a42-2459-77a3-bc78-8187260a3f5d', '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-2453-70da-8729-2af167b091ce', 1, 'the branch', 'the branch', '', 'the branch
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aK', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2457-7127-999d-53b9f0124b7f', 2, '2026-03-20 08:44:00+00', 'ann', '2026-03-20 08:45:00+00', '2026-03-20 08:45:00+00', '019d0a42-2459-77a3-bc78-8187260a3f5d', '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-2455-74f9-aebb-83838544e814', 2, 'on the branch', 'on the branch', '', 'on the branch
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aL', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-245e-7981-b304-1e2bdacdb984', 1, '2026-03-20 08:47:00+00', 'ann', '2026-03-20 08:47:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', '019d0a42-245b-783c-bdc0-bcbd137f79bf', 1, 'each time', 'each time', '', 'each time
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aL', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2464-76d1-92db-b018168b6b65', 5, '2026-03-20 08:50:00+00', 'ann', '2026-03-20 08:54:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'water the plants', 'water the plants', '', 'water the plants
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-24T18:00:00', NULL, '2026-03-24 18:00:00+00', '9999-12-30', 'aM', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=DAILY;INTERVAL=2;COUNT=30","mode":"completion","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-24T18:00:00', '{"id":"019d0a4224657b66a04b1723b5a1e83d","start":"2026-03-20T18:00:00","last":null,"left":27,"leads":{}}', true),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-246e-7616-8bb9-2314792e8c03', 3, '2026-03-20 08:55:00+00', 'ann', '2026-03-20 08:57:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'rent', 'rent', '', 'rent
', 'needs_action', 10, '2026-03-31T08:00:00', 'Europe/Berlin', '2026-03-31 06:00:00+00', '2026-03-31T09:00:00', 'Europe/Berlin', '2026-03-31 07:00:00+00', '9999-12-30', 'aN', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=MONTHLY;BYMONTHDAY=31","mode":"schedule","skip":"forward","catch_up":"next_slot","reset_subtasks":false,"exdates":[]}', '2026-03-31T09:00:00', '{"id":"019d0a42246f7ac5937570df2f1a03ab","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}', true),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2475-74a6-8b03-058b1d52bff9', 3, '2026-03-20 08:58:00+00', 'ann', '2026-03-20 09:00:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'ended', 'ended', '', 'ended
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-23', NULL, '2026-03-23 00:00:00+00', '9999-12-30', 'aO', '{}', '2026-03-20 09:00:00+00', 'ann', '019d0a42-247b-7f53-a72f-54f2d839aa9a', '{"rrule":"FREQ=DAILY;COUNT=2","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-23', '{"id":"019d0a42247677d6bccdabe2e78d0c93","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}', true),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-247d-7436-976f-9a8ee067fbe6', 3, '2026-03-20 09:01:00+00', 'ann', '2026-03-20 09:03:00+00', '2026-03-20 09:03:00+00', '019d0a42-2482-7f98-8960-a45a8c06997c', '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'a series in the trash', 'a series in the trash', '', 'a series in the trash
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2027-03-22', NULL, '2027-03-22 00:00:00+00', '9999-12-30', 'aP', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=YEARLY","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2027-03-22', '{"id":"019d0a42247e7153859d2cb9f43e18f7","start":"2026-03-22T00:00:00","last":null,"left":null,"leads":{}}', true),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-2485-7939-9c21-95314bffa77e', 2, '2026-03-20 09:04:00+00', 'ben', '2026-03-20 09:05:00+00', NULL, NULL, '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', NULL, 0, 'call home', 'call home', '', 'call home
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-22T20:00:00', NULL, '2026-03-22 20:00:00+00', '2027-01-08', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=WEEKLY;UNTIL=20261231;BYDAY=SU","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-22T20:00:00', '{"id":"019d0a422486705387d77c4ad7e4a800","start":"2026-03-15T20:00:00","last":null,"left":null,"leads":{"deadline":292}}', true),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-248a-7b9d-96f5-b3a43a4a8518', 1, '2026-03-20 09:06:00+00', 'ben', '2026-03-20 09:06:00+00', NULL, NULL, '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', NULL, 0, 'nothing but a title', 'nothing but a title', '', 'nothing but a title
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a1', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2490-7607-ab3a-a3df99e612cf', 1, '2026-03-20 09:09:00+00', 'dan', '2026-03-20 09:09:00+00', NULL, NULL, '019d0a42-248c-7285-b435-2ad3620652dd', NULL, 0, 'by the editor', 'by the editor', '', 'by the editor
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-30', NULL, '2026-03-30 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2492-7e67-a052-b0282cbe8dfa', 1, '2026-03-20 09:10:00+00', 'ann', '2026-03-20 09:10:00+00', NULL, NULL, '019d0a42-248c-7285-b435-2ad3620652dd', '019d0a42-2490-7607-ab3a-a3df99e612cf', 1, 'below it', 'below it', '', 'below it
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a1', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2494-7e0f-b36a-f4b603284844', 2, '2026-03-20 09:11:00+00', 'ann', '2026-03-20 09:12:00+00', NULL, NULL, '019d0a42-248c-7285-b435-2ad3620652dd', NULL, 0, 'closed by the editor', 'closed by the editor', '', 'closed by the editor
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a2', '{}', '2026-03-20 09:12:00+00', 'dan', '019d0a42-2496-7226-ba54-060ddf151230', NULL, NULL, NULL, false),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2498-7861-8c5e-0c2b4b7edb68', 2, '2026-03-20 09:13:00+00', 'dan', '2026-03-20 09:14:00+00', '2026-03-20 09:14:00+00', '019d0a42-249a-7e69-8afc-2bb7c23200a4', '019d0a42-248c-7285-b435-2ad3620652dd', NULL, 0, 'gone', 'gone', '', 'gone
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'a3', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('1b7e4943-2c09-5647-a76f-1a7d8b8d1682', '019d0a42-24ad-7404-b50e-68cd2c65f271', 1, '2026-03-20 09:19:00+00', '019d0a42-24a0-7766-bf3d-d8b3ee17a0c3', '2026-03-20 09:19:00+00', NULL, NULL, '019d0a42-24ac-787b-8757-a974b0a87343', NULL, 0, 'of an account', 'of an account', '', 'of an account
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28', NULL, '2026-03-28 00:00:00+00', '9999-12-30', 'a0', '{}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=DAILY","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}', '2026-03-28', '{"id":"019d0a4224ae7db68c813988b7857bb9","start":"2026-03-28T00:00:00","last":null,"left":null,"leads":{}}', false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24b2-7d6d-8815-772223aa1a3b', 1, '2026-03-20 09:21:00+00', 'ann', '2026-03-20 09:21:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'to be reminded of', 'to be reminded of', '', 'to be reminded of
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-27T10:00:00', 'Europe/Berlin', '2026-03-27 09:00:00+00', '9999-12-30', 'aP', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-24bd-7f3b-919d-8c603cec7a00', 1, '2026-03-20 09:25:00+00', 'ann', '2026-03-20 09:25:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'without a due', 'without a due', '', 'without a due
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aQ', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24c7-79be-91f4-75a1d652d5e2', 1, '2026-03-20 09:29:00+00', 'ben', '2026-03-20 09:29:00+00', NULL, NULL, '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', NULL, 0, 'due later', 'due later', '', 'due later
', 'needs_action', 10, '2026-04-03', NULL, '2026-04-03 00:00:00+00', '2026-04-04', NULL, '2026-04-04 00:00:00+00', '9999-12-30', 'a2', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24cf-7a8e-831f-485e67ed3513', 2, '2026-03-20 09:32:00+00', 'ben', '2026-03-20 09:34:00+00', NULL, NULL, '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', NULL, 0, 'closed before it reminds', 'closed before it reminds', '', 'closed before it reminds
', 'completed', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-04-05', NULL, '2026-04-05 00:00:00+00', '9999-12-30', 'a3', '{}', '2026-03-20 09:34:00+00', 'ben', '019d0a42-24d4-7db2-a4aa-5a0955225983', NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24d6-76e7-b327-d740c0fa836b', 1, '2026-03-20 09:35:00+00', 'ben', '2026-03-20 09:35:00+00', NULL, NULL, '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', NULL, 0, 'unreachable, put aside', 'unreachable, put aside', '', 'unreachable, put aside
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-26T07:00:00', 'UTC', '2026-03-26 07:00:00+00', '9999-12-30', 'a4', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('cdacc373-a3c6-5f9e-8ac8-ca4cad019c1b', '019d0a42-24db-7d92-b8c8-841e752f477a', 1, '2026-03-20 09:37:00+00', 'ben', '2026-03-20 09:37:00+00', NULL, NULL, '019d0a42-2484-7ee4-9bc6-74dbe1d4ea8e', NULL, 0, 'unreachable, tried once', 'unreachable, tried once', '', 'unreachable, tried once
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-28T07:00:00', 'UTC', '2026-03-28 07:00:00+00', '9999-12-30', 'a5', '{}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2520-782e-aa12-ed81ca1e5e4e', 2, '2026-03-28 08:04:00+00', 'ann', '2026-03-28 08:06:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'made once', 'made once', '', 'made once
', 'needs_action', 2, NULL, NULL, '9999-12-31 00:00:00+00', NULL, NULL, '9999-12-31 00:00:00+00', '9999-12-30', 'aR', '{"ü":1.5}', '9999-12-31 00:00:00+00', NULL, NULL, NULL, NULL, NULL, false),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-245b-783c-bdc0-bcbd137f79bf', 4, '2026-03-20 08:46:00+00', 'ann', '2026-03-28 08:08:00+00', NULL, NULL, '019d0a42-2422-794a-9a2e-daf2543df196', NULL, 0, 'weekly', 'weekly', '', 'weekly
', 'needs_action', 10, NULL, NULL, '9999-12-31 00:00:00+00', '2026-03-30', NULL, '2026-03-30 00:00:00+00', '9999-12-30', 'aK', '{"n":1}', '9999-12-31 00:00:00+00', NULL, NULL, '{"rrule":"FREQ=WEEKLY;BYDAY=MO,TH","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":["2026-04-06"]}', '2026-03-30', '{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}', true);

INSERT INTO public.todokit_todo_label VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2417-7d06-8651-bd603cae545c', '019d0a42-2411-7012-806f-9444f6c70655'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-2417-7d06-8651-bd603cae545c', '019d0a42-2413-7791-91b2-14f81ef22445'),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-78b4-8d13-9d945394dbe7', '019d0a42-2413-7791-91b2-14f81ef22445'),
	('869a8adc-88d8-55c2-b3ec-8ab7e3c030b8', '019d0a42-2490-7607-ab3a-a3df99e612cf', '019d0a42-248e-7a20-bdfa-5bd4f74c6971');

INSERT INTO public.todokit_todo_link VALUES
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-78b4-8d13-9d945394dbe7', 'billing', 'customer', '7', NULL, NULL),
	('d680c7db-b577-5b91-b1c2-e5e6cec67947', '019d0a42-241b-78b4-8d13-9d945394dbe7', 'billing', 'invoice', '42', 'https://shop.example/42', 'No. 42');

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
