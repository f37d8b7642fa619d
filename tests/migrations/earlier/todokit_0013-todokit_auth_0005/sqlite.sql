BEGIN TRANSACTION;
CREATE TABLE todokit_alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT todokit_alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "todokit_alembic_version" VALUES('todokit_0013');
CREATE TABLE todokit_auth_alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT todokit_auth_alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO "todokit_auth_alembic_version" VALUES('todokit_auth_0005');
CREATE TABLE todokit_auth_attempt (
	"key" VARCHAR(64) NOT NULL, 
	failures INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	known_until DATETIME, 
	CONSTRAINT pk_todokit_auth_attempt PRIMARY KEY ("key")
);
INSERT INTO "todokit_auth_attempt" VALUES('b7cd58685bbcca34190871f605e3bdb93eb327501bfedbf4de6de24bea13e3f3',1,'2026-03-20 09:16:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('f0ebf2bd5960e3bca1996db66e1bf0dcbeb36c4acb796ca14ba281e3a70b3618',3,'2026-03-20 09:16:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('f67c84794e169d4e819b0c1fae9a65e0e473a780b99984eb0714f4aa108ea54c',1,'2026-03-20 09:17:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('ab693da0cb0ae96090f8675889cdd9c263ba882ed0eeb16ae641a4edc55102e1',1,'2026-03-20 09:18:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('168484ec7ef5774ff9e27e68b301eedc1e9de39302ae14714f7c0efc13f72aa2',0,'2026-03-28 11:55:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('6ce897b993ff4f49818144883f30b81ac99b24ca5b39b26a2b170413fd06dd49',0,'2026-03-28 11:55:00.000000','2026-06-26 11:55:00.000000');
INSERT INTO "todokit_auth_attempt" VALUES('cce00e058401d4f2e3c4aff6a78506962ef13130781ddbae49af417bc96f5582',0,'2026-03-20 09:18:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('73cce122b4558033e156d93b493c5f17193531b8c023b2169a3c6cd0f889c17f',0,'2026-03-28 11:55:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('7e48155fa8caf825a76f9461b019c0717fdedbd2a6ce911529b99dd71b2c7996',0,'2026-03-28 11:55:00.000000','2026-06-26 11:55:00.000000');
INSERT INTO "todokit_auth_attempt" VALUES('a5f80a2e83dff1d5662213b65e7feccea630caf5019f25fd0506bb7f4cef3a49',1,'2026-03-28 11:55:00.000000',NULL);
INSERT INTO "todokit_auth_attempt" VALUES('db5391aee09fa6129b56eb8e77f1a982a1b9a02aee133f1e7278341b926a107e',1,'2026-03-28 11:55:00.000000',NULL);
CREATE TABLE todokit_auth_mail (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	email VARCHAR(320) NOT NULL, 
	user_id CHAR(32), 
	created_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	error VARCHAR(500), security_stamp INTEGER, 
	CONSTRAINT pk_todokit_auth_mail PRIMARY KEY (id), 
	CONSTRAINT fk_todokit_auth_mail_todokit_auth_user FOREIGN KEY(user_id) REFERENCES todokit_auth_user (id) ON DELETE CASCADE
);
INSERT INTO "todokit_auth_mail" VALUES('019d0a4224a77922a28acae671f8d5e2','verify','eve@example.com',NULL,'2026-03-20 09:18:00.000000','2026-03-20 09:18:00.000000',0,NULL,NULL);
CREATE TABLE todokit_auth_oauth (
	provider VARCHAR(64) NOT NULL, 
	subject VARCHAR(255) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	email VARCHAR(320) NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_todokit_auth_oauth PRIMARY KEY (provider, subject), 
	CONSTRAINT fk_todokit_auth_oauth_todokit_auth_user FOREIGN KEY(user_id) REFERENCES todokit_auth_user (id) ON DELETE CASCADE
);
INSERT INTO "todokit_auth_oauth" VALUES('elsewhere','subject-4711','019d0a4224a07766bf3dd8b3ee17a0c3','dora@elsewhere.example','2026-03-28 11:55:00.000000');
CREATE TABLE todokit_auth_refresh (
	digest VARCHAR(64) NOT NULL, 
	session_id CHAR(32) NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_todokit_auth_refresh PRIMARY KEY (digest), 
	CONSTRAINT fk_todokit_auth_refresh_todokit_auth_session FOREIGN KEY(session_id) REFERENCES todokit_auth_session (id) ON DELETE CASCADE
);
INSERT INTO "todokit_auth_refresh" VALUES('2511bbd07f0a9a0fae9e5d134f065825bd49de673bc7a72e30b8cef66baf33cc','019d0a4224aa7632a677ae9d4eafd344',NULL);
INSERT INTO "todokit_auth_refresh" VALUES('a56bed30508e94435e6f2d92add76e2abe09eeb597be621cf24898fa1457a58e','019d0a42252c72a0b51138dd1beea8bb',NULL);
INSERT INTO "todokit_auth_refresh" VALUES('2c9a582aed4bb9f333e17d43db4e6e3e8a2927a1b259599234f9dfa3c649504d','019d0a42252e7f219638d327d95bd4b4',NULL);
CREATE TABLE todokit_auth_revocation (
	session_id CHAR(32) NOT NULL, 
	revoked_at DATETIME NOT NULL, 
	CONSTRAINT pk_todokit_auth_revocation PRIMARY KEY (session_id)
);
CREATE TABLE todokit_auth_session (
	id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	authenticated_at DATETIME NOT NULL, 
	used_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	address VARCHAR(64) NOT NULL, 
	user_agent VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_todokit_auth_session PRIMARY KEY (id), 
	CONSTRAINT fk_todokit_auth_session_todokit_auth_user FOREIGN KEY(user_id) REFERENCES todokit_auth_user (id) ON DELETE CASCADE
);
INSERT INTO "todokit_auth_session" VALUES('019d0a4224aa7632a677ae9d4eafd344','019d0a4224a07766bf3dd8b3ee17a0c3','2026-03-20 09:18:00.000000','2026-03-20 09:18:00.000000','2026-03-20 09:18:00.000000','2026-04-19 09:18:00.000000','192.0.2.1','a client');
INSERT INTO "todokit_auth_session" VALUES('019d0a42252c72a0b51138dd1beea8bb','019d0a4224a07766bf3dd8b3ee17a0c3','2026-03-28 11:55:00.000000','2026-03-28 11:55:00.000000','2026-03-28 11:55:00.000000','2026-04-27 11:55:00.000000','192.0.2.1','a client');
INSERT INTO "todokit_auth_session" VALUES('019d0a42252e7f219638d327d95bd4b4','019d0a4224a47ae4acab559e57969bf6','2026-03-28 11:55:00.000000','2026-03-28 11:55:00.000000','2026-03-28 11:55:00.000000','2026-04-27 11:55:00.000000','192.0.2.1','a client');
CREATE TABLE todokit_auth_ticket (
	digest VARCHAR(64) NOT NULL, 
	purpose VARCHAR(20) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	email VARCHAR(320) NOT NULL, 
	expires_at DATETIME NOT NULL, security_stamp INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_todokit_auth_ticket PRIMARY KEY (digest), 
	CONSTRAINT fk_todokit_auth_ticket_todokit_auth_user FOREIGN KEY(user_id) REFERENCES todokit_auth_user (id) ON DELETE CASCADE
);
CREATE TABLE todokit_auth_token (
	id CHAR(32) NOT NULL, 
	user_id CHAR(32) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	hint VARCHAR(4) NOT NULL, 
	scopes JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	used_at DATETIME, 
	CONSTRAINT pk_todokit_auth_token PRIMARY KEY (id), 
	CONSTRAINT fk_todokit_auth_token_todokit_auth_user FOREIGN KEY(user_id) REFERENCES todokit_auth_user (id) ON DELETE CASCADE
);
INSERT INTO "todokit_auth_token" VALUES('019d0a4225327b92812b191b0ce231f4','019d0a4224a07766bf3dd8b3ee17a0c3','program','8ae9d90b76dd4f1feefc511a831fedd500a4d33d0484851398096554e21a06db','TXAI','["account:read","todos:read","todos:write"]','2026-03-28 12:00:00.000000',NULL,'2026-03-28 12:00:00.000000');
INSERT INTO "todokit_auth_token" VALUES('019d0a422535760498de586846831af7','019d0a4224a07766bf3dd8b3ee17a0c3','reader','5e2109a78020d232a809f0ffbd5593000dae1a4c9484ac98dc3e23fb01e1c3c8','o3KD','["todos:read"]','2026-03-28 12:00:00.000000','2027-01-01 00:00:00.000000','2026-03-28 12:00:00.000000');
CREATE TABLE todokit_auth_user (
	id CHAR(32) NOT NULL, 
	email VARCHAR(320) NOT NULL, 
	email_key VARCHAR(320) NOT NULL, 
	hashed_password VARCHAR(255), 
	name VARCHAR(120) NOT NULL, 
	time_zone VARCHAR(64), 
	is_active BOOLEAN NOT NULL, 
	is_verified BOOLEAN NOT NULL, 
	is_superuser BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, security_stamp INTEGER DEFAULT 0 NOT NULL, erase_at DATETIME, moved_at DATETIME, 
	CONSTRAINT pk_todokit_auth_user PRIMARY KEY (id)
);
INSERT INTO "todokit_auth_user" VALUES('019d0a4224a07766bf3dd8b3ee17a0c3','Dora@example.com','dora@example.com','$argon2id$v=19$m=19456,t=2,p=1$awPX11slXkq+Na8U9zBRtA$O4NyOztqExgqRYLqDseoUnIv9gceNIJLdUuE+JHfQzE','Dora','Europe/Berlin',1,1,0,2,'2026-03-20 09:16:00.000000','2026-03-20 09:16:00.000000',2,NULL,NULL);
INSERT INTO "todokit_auth_user" VALUES('019d0a4224a47ae4acab559e57969bf6','sue@example.com','sue@example.com','$argon2id$v=19$m=19456,t=2,p=1$x3B3+nGDOWrVDnhtlUrvsQ$ScRwuS9w8dza5PT0rIVf0cD3Tscid8WK+Ynmgqo3yT8','sue','Europe/Berlin',1,1,1,2,'2026-03-20 09:17:00.000000','2026-03-20 09:17:00.000000',2,NULL,NULL);
INSERT INTO "todokit_auth_user" VALUES('019d0a4224a87e10a9d1a0c517234019','eve@example.com','eve@example.com','$argon2id$v=19$m=19456,t=2,p=1$07JkamXMR4FIJSVcRgWbng$AM37tVtDGeqq+JbvA8Dw2PX9WeCwcfiSovqCQzn9pSo','eve','Europe/Berlin',1,0,0,1,'2026-03-20 09:18:00.000000','2026-03-20 09:18:00.000000',0,NULL,NULL);
CREATE TABLE todokit_change (
	space_id CHAR(32) NOT NULL, 
	seq BIGINT NOT NULL, 
	entity VARCHAR(20) NOT NULL, 
	entity_id CHAR(32) NOT NULL, 
	op VARCHAR(20) NOT NULL, 
	version INTEGER NOT NULL, 
	actor_id VARCHAR(255) NOT NULL, 
	request_id VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	diff JSON NOT NULL, 
	CONSTRAINT pk_todokit_change PRIMARY KEY (space_id, seq), 
	CONSTRAINT fk_todokit_change_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id)
);
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',1,'list','019d0a4224017b1c81c951828ce504db','created',1,'ann','019d0a422400722d9f61655fdf322a14','2026-03-20 08:01:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',2,'list','019d0a422403757fb3a700b9aafbe062','created',1,'ann','019d0a4224027d8dbb2816645bb7fb0f','2026-03-20 08:02:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',3,'list','019d0a4224057058930c5d886de8809a','created',1,'ann','019d0a4224047c639335544f0c6e3438','2026-03-20 08:03:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',4,'list','019d0a4224077f3cb7794fd9b9a51b5f','created',1,'ann','019d0a4224067b029549c28be35fd989','2026-03-20 08:04:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',5,'list','019d0a422403757fb3a700b9aafbe062','moved',2,'ann','019d0a4224087b3993b6fa9689e32949','2026-03-20 08:05:00.000000','{"position":["a1","Zz"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',6,'todo','019d0a42240a7095b92388928a1e6f91','created',1,'ann','019d0a42240972e48a08c84fb38eb51c','2026-03-20 08:06:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',7,'list','019d0a4224057058930c5d886de8809a','archived',2,'ann','019d0a42240b7d4997ef52368157e056','2026-03-20 08:07:00.000000','{"archived_at":[null,"2026-03-20T08:07:00Z"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',8,'todo','019d0a42240d71a3919a749c3a604f08','created',1,'ann','019d0a42240c72f5a7d287566fb7fb49','2026-03-20 08:08:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',9,'todo','019d0a42240d71a3919a749c3a604f08','deleted',2,'ann','019d0a42240e7d18bce1d60edb4b4019','2026-03-20 08:09:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',10,'list','019d0a4224077f3cb7794fd9b9a51b5f','deleted',2,'ann','019d0a42240e7d18bce1d60edb4b4019','2026-03-20 08:09:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',11,'label','019d0a4224117012806f9444f6c70655','created',1,'ann','019d0a422410720caa00661f1900011f','2026-03-20 08:10:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',12,'label','019d0a422413779191b214f81ef22445','created',1,'ann','019d0a42241273e389beda9d1f5f1573','2026-03-20 08:11:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',13,'label','019d0a42241576c18859c8c88c00f1ff','created',1,'ann','019d0a4224147f6eb50c6dcb7951cfa7','2026-03-20 08:12:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',14,'todo','019d0a4224177d068651bd603cae545c','created',1,'ann','019d0a4224167f5d87dc7dbe8b2fce6d','2026-03-20 08:13:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',15,'todo','019d0a4224177d068651bd603cae545c','updated',2,'ann','019d0a4224187b9c8e342d812124e839','2026-03-20 08:14:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',16,'label','019d0a42241576c18859c8c88c00f1ff','deleted',2,'ann','019d0a4224187b9c8e342d812124e839','2026-03-20 08:14:00.000000','{"merged_into":[null,"019d0a42-2413-7791-91b2-14f81ef22445"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',17,'todo','019d0a4224177d068651bd603cae545c','updated',3,'ann','019d0a42241973b78665c54a5147816b','2026-03-20 08:15:00.000000','{"description":["","ﬁne print\n- [ ] a ''quote'', a \\ and \"two\""]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',18,'todo','019d0a42241b78b48d139d945394dbe7','created',1,'ann','019d0a42241a75bfbe56fc0993f69c0d','2026-03-20 08:16:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',19,'todo','019d0a42241d7315ab1f1e3a87180a16','created',1,'ann','019d0a42241c743897639b77db878ed9','2026-03-20 08:17:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',20,'todo','019d0a42241f75848d7466428d83782a','created',1,'ann','019d0a42241e79dfb0882796d089b204','2026-03-20 08:18:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',21,'todo','019d0a42241f75848d7466428d83782a','moved',2,'ann','019d0a4224207503ade458de81031405','2026-03-20 08:19:00.000000','{"position":["a1","Zz"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',22,'list','019d0a422422794a9a2edaf2543df196','created',1,'ann','019d0a4224217c5693670d4699186b58','2026-03-20 08:20:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',23,'todo','019d0a422423712dab2bfe149f8055c6','created',1,'ann','019d0a4224217c5693670d4699186b58','2026-03-20 08:20:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',24,'todo','019d0a4224257f448fe8c55ceb2525b6','created',1,'ann','019d0a4224247622bd380a729e39a4fb','2026-03-20 08:21:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',25,'todo','019d0a4224277ddf91e8cf9fd1a9c2f2','created',1,'ann','019d0a42242678c3bf124090741b9eec','2026-03-20 08:22:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',26,'todo','019d0a422429713999e8a252d120fa23','created',1,'ann','019d0a42242879f7a7fd26248121730c','2026-03-20 08:23:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',27,'todo','019d0a42242b7ca4902d51c90c9368d9','created',1,'ann','019d0a42242a703590c8ba32dd530390','2026-03-20 08:24:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',28,'todo','019d0a42242d7abaaf6f6e9ed354ca8e','created',1,'ann','019d0a42242c7b9e8672af1f0ad1e8ab','2026-03-20 08:25:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',29,'todo','019d0a42242f728c94985a7c96727661','created',1,'ann','019d0a42242e73609f4fc99a81041cf1','2026-03-20 08:26:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',30,'todo','019d0a4224317acc918691d2c0e64334','created',1,'ann','019d0a42243070f8bf6919ea9c3fc247','2026-03-20 08:27:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',31,'todo','019d0a42242b7ca4902d51c90c9368d9','completed',2,'ann','019d0a42243270b6be141484ed53b291','2026-03-20 08:28:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:28:00Z"],"completed_by":[null,"ann"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',32,'todo','019d0a42242d7abaaf6f6e9ed354ca8e','cancelled',2,'ann','019d0a4224347b069581e3559ba8ed90','2026-03-20 08:29:00.000000','{"status":["needs_action","cancelled"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',33,'todo','019d0a42242f728c94985a7c96727661','completed',2,'ann','019d0a42243677478df34d466f4d7ced','2026-03-20 08:30:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:30:00Z"],"completed_by":[null,"ann"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',34,'todo','019d0a42242f728c94985a7c96727661','reopened',3,'ann','019d0a4224387ae68d71153b06f03c60','2026-03-20 08:31:00.000000','{"status":["completed","needs_action"],"completed_at":["2026-03-20T08:30:00Z",null],"completed_by":["ann",null]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',35,'todo','019d0a4224317acc918691d2c0e64334','deleted',2,'ann','019d0a4224397f0faab9e575afe62223','2026-03-20 08:32:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',36,'todo','019d0a42243c79e8869245fcebc7cf50','created',1,'ann','019d0a42243b7d658eb16692aea576d9','2026-03-20 08:33:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',37,'todo','019d0a42243e7e21a09d0c736fa9d6b1','created',1,'ann','019d0a42243d78e98599ca056e9b4661','2026-03-20 08:34:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',38,'todo','019d0a422440749cad6beca5c52b864b','created',1,'ann','019d0a42243f777abefc1d25af36b159','2026-03-20 08:35:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',39,'todo','019d0a4224427c2c9cbd7def17d9e92f','created',1,'ann','019d0a4224417a29a4532a7314c7f75f','2026-03-20 08:36:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',40,'todo','019d0a4224447ec28e2841ab244bd9bd','created',1,'ann','019d0a42244376609e6ad679ec9edfe1','2026-03-20 08:37:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',41,'todo','019d0a4224467bf4bdc8f189ecd56a88','created',1,'ann','019d0a4224457d5d933fcc23186adc8a','2026-03-20 08:38:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',42,'todo','019d0a4224467bf4bdc8f189ecd56a88','completed',2,'ann','019d0a4224477c999737f0926a853e29','2026-03-20 08:39:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:39:00Z"],"completed_by":[null,"ann"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',43,'todo','019d0a42244a71dfab8d4ecfb3c5ccd1','created',1,'ann','019d0a42244970f7a971cbede1981b50','2026-03-20 08:40:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',44,'todo','019d0a42244b756fa5d67d3947f1539d','created',1,'ann','019d0a42244970f7a971cbede1981b50','2026-03-20 08:40:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',45,'todo','019d0a42244c7af99d2562d793af7988','created',1,'ann','019d0a42244970f7a971cbede1981b50','2026-03-20 08:40:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',46,'todo','019d0a42244d7ebebcead28b5410876e','created',1,'ann','019d0a42244970f7a971cbede1981b50','2026-03-20 08:40:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',47,'todo','019d0a42244e70fc9a127ecea1b8dbc4','created',1,'ann','019d0a42244970f7a971cbede1981b50','2026-03-20 08:40:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',48,'todo','019d0a42244f72059dd8e98e13fef911','created',1,'ann','019d0a42244970f7a971cbede1981b50','2026-03-20 08:40:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',49,'todo','019d0a42244b756fa5d67d3947f1539d','completed',2,'ann','019d0a42245078638a791ac39b732b32','2026-03-20 08:41:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',50,'todo','019d0a42244c7af99d2562d793af7988','completed',2,'ann','019d0a42245078638a791ac39b732b32','2026-03-20 08:41:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',51,'todo','019d0a42244d7ebebcead28b5410876e','completed',2,'ann','019d0a42245078638a791ac39b732b32','2026-03-20 08:41:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',52,'todo','019d0a42244e70fc9a127ecea1b8dbc4','completed',2,'ann','019d0a42245078638a791ac39b732b32','2026-03-20 08:41:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',53,'todo','019d0a42244f72059dd8e98e13fef911','completed',2,'ann','019d0a42245078638a791ac39b732b32','2026-03-20 08:41:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',54,'todo','019d0a42244a71dfab8d4ecfb3c5ccd1','completed',2,'ann','019d0a42245078638a791ac39b732b32','2026-03-20 08:41:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T08:41:00Z"],"completed_by":[null,"ann"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',55,'todo','019d0a42245370da87292af167b091ce','created',1,'ann','019d0a4224527e1abc205a6dda65c988','2026-03-20 08:42:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',56,'todo','019d0a42245574f9aebb83838544e814','created',1,'ann','019d0a4224547d92a5a4b5385658857e','2026-03-20 08:43:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',57,'todo','019d0a4224577127999d53b9f0124b7f','created',1,'ann','019d0a422456700e821d6ba49fa08ce7','2026-03-20 08:44:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',58,'todo','019d0a42245574f9aebb83838544e814','deleted',2,'ann','019d0a42245879eeb288f22605ae895c','2026-03-20 08:45:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',59,'todo','019d0a4224577127999d53b9f0124b7f','deleted',2,'ann','019d0a42245879eeb288f22605ae895c','2026-03-20 08:45:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',60,'todo','019d0a42245b783cbdc0bcbd137f79bf','created',1,'ann','019d0a42245a7310bd8ad324a9ff79dd','2026-03-20 08:46:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',61,'todo','019d0a42245e7981b3041e2bdacdb984','created',1,'ann','019d0a42245d7d84a72e7aaf8e99d822','2026-03-20 08:47:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',62,'todo','019d0a42245b783cbdc0bcbd137f79bf','completed',2,'ann','019d0a42245f7645a055f4a15aedda3d','2026-03-20 08:48:00.000000','{"due":[{"date":"2026-03-16"},{"date":"2026-03-23"}],"occurrence":["2026-03-16","2026-03-23"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',63,'todo','019d0a42245b783cbdc0bcbd137f79bf','skipped',3,'ann','019d0a42246172cb87dfd778b9d2791c','2026-03-20 08:49:00.000000','{"due":[{"date":"2026-03-23"},{"date":"2026-03-26"}],"occurrence":["2026-03-23","2026-03-26"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',64,'todo','019d0a42246476d192dbb018168b6b65','created',1,'ann','019d0a422463735998fe6a6b2041f40a','2026-03-20 08:50:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',65,'todo','019d0a42246476d192dbb018168b6b65','completed',2,'ann','019d0a4224667ca8a0138cdfc86d302d','2026-03-20 08:51:00.000000','{"due":[{"datetime":"2026-03-20T18:00:00"},{"datetime":"2026-03-22T18:00:00"}],"occurrence":["2026-03-20T18:00:00","2026-03-22T18:00:00"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',66,'todo','019d0a42246476d192dbb018168b6b65','completed',3,'ann','019d0a4224687f8ab6afad6b96570607','2026-03-20 08:52:00.000000','{"due":[{"datetime":"2026-03-22T18:00:00"},{"datetime":"2026-03-24T18:00:00"}],"occurrence":["2026-03-22T18:00:00","2026-03-24T18:00:00"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',67,'todo','019d0a42246476d192dbb018168b6b65','undone',4,'ann','019d0a42246a76f7a4baf39c87a8f0fe','2026-03-20 08:53:00.000000','{"due":[{"datetime":"2026-03-24T18:00:00"},{"datetime":"2026-03-22T18:00:00"}],"occurrence":["2026-03-24T18:00:00","2026-03-22T18:00:00"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',68,'todo','019d0a42246476d192dbb018168b6b65','completed',5,'ann','019d0a42246b7b4f87898bd02230179b','2026-03-20 08:54:00.000000','{"due":[{"datetime":"2026-03-22T18:00:00"},{"datetime":"2026-03-24T18:00:00"}],"occurrence":["2026-03-22T18:00:00","2026-03-24T18:00:00"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',69,'todo','019d0a42246e76168bb92314792e8c03','created',1,'ann','019d0a42246d7f00af7f72d3c3a74cdf','2026-03-20 08:55:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',70,'todo','019d0a42246e76168bb92314792e8c03','completed',2,'ann','019d0a4224707b5a976a47588dae3d46','2026-03-20 08:56:00.000000','{"due":[{"datetime":"2026-01-31T09:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-01T09:00:00","timezone":"Europe/Berlin"}],"occurrence":["2026-01-31T09:00:00","2026-03-01T09:00:00"],"start":[{"datetime":"2026-01-31T08:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-01T08:00:00","timezone":"Europe/Berlin"}]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',71,'todo','019d0a42246e76168bb92314792e8c03','skipped',3,'ann','019d0a4224727481ad623772f2b20f94','2026-03-20 08:57:00.000000','{"due":[{"datetime":"2026-03-01T09:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-31T09:00:00","timezone":"Europe/Berlin"}],"occurrence":["2026-03-01T09:00:00","2026-03-31T09:00:00"],"start":[{"datetime":"2026-03-01T08:00:00","timezone":"Europe/Berlin"},{"datetime":"2026-03-31T08:00:00","timezone":"Europe/Berlin"}]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',72,'todo','019d0a42247574a68b03058b1d52bff9','created',1,'ann','019d0a4224747b1d9c5cfb8077c9fbb3','2026-03-20 08:58:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',73,'todo','019d0a42247574a68b03058b1d52bff9','completed',2,'ann','019d0a422477749b8510b6b859ba5568','2026-03-20 08:59:00.000000','{"due":[{"date":"2026-03-22"},{"date":"2026-03-23"}],"occurrence":["2026-03-22","2026-03-23"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',74,'todo','019d0a42247574a68b03058b1d52bff9','completed',3,'ann','019d0a4224797fcd8c31e52b911a4619','2026-03-20 09:00:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:00:00Z"],"completed_by":[null,"ann"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',75,'todo','019d0a42247d7436976f9a8ee067fbe6','created',1,'ann','019d0a42247c7c42a0e18f07fb688306','2026-03-20 09:01:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',76,'todo','019d0a42247d7436976f9a8ee067fbe6','completed',2,'ann','019d0a42247f7965895c8cd50c74f3f9','2026-03-20 09:02:00.000000','{"due":[{"date":"2026-03-22"},{"date":"2027-03-22"}],"occurrence":["2026-03-22","2027-03-22"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',77,'todo','019d0a42247d7436976f9a8ee067fbe6','deleted',3,'ann','019d0a42248176e1be98160382547290','2026-03-20 09:03:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',1,'list','019d0a4224847ee49bc674dbe1d4ea8e','created',1,'ben','019d0a4224837b99bf2a1e5530776016','2026-03-20 09:04:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',2,'todo','019d0a42248579399c2195314bffa77e','created',1,'ben','019d0a4224837b99bf2a1e5530776016','2026-03-20 09:04:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',3,'todo','019d0a42248579399c2195314bffa77e','completed',2,'ben','019d0a4224877eb59b82dd6b2abf38ef','2026-03-20 09:05:00.000000','{"due":[{"datetime":"2026-03-15T20:00:00"},{"datetime":"2026-03-22T20:00:00"}],"occurrence":["2026-03-15T20:00:00","2026-03-22T20:00:00"],"deadline":["2027-01-01","2027-01-08"]}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',4,'todo','019d0a42248a7b9d96f5b3a43a4a8518','created',1,'ben','019d0a4224897d6c93718021cd2276ce','2026-03-20 09:06:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',1,'list','019d0a42248c7285b4352ad3620652dd','created',1,'ann','019d0a42248b75389927d0729f77e29a','2026-03-20 09:07:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',2,'label','019d0a42248e7a20bdfa5bd4f74c6971','created',1,'ann','019d0a42248d76c4b5907734dc3f2516','2026-03-20 09:08:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',3,'todo','019d0a4224907607ab3aa3df99e612cf','created',1,'dan','019d0a42248f71e2a654faf3d9ee7a09','2026-03-20 09:09:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',4,'todo','019d0a4224927e67a052b0282cbe8dfa','created',1,'ann','019d0a4224917777896a663d413aaa40','2026-03-20 09:10:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',5,'todo','019d0a4224947e0fb36af4b603284844','created',1,'ann','019d0a4224937075b0f9029139c2ee63','2026-03-20 09:11:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',6,'todo','019d0a4224947e0fb36af4b603284844','completed',2,'dan','019d0a4224957518b51208ece36cddf6','2026-03-20 09:12:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:12:00Z"],"completed_by":[null,"dan"]}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',7,'todo','019d0a42249878618c5e0c2b4b7edb68','created',1,'dan','019d0a422497711ab691de720d6b0f8d','2026-03-20 09:13:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',8,'todo','019d0a42249878618c5e0c2b4b7edb68','deleted',2,'dan','019d0a422499782ca80121877e82afc1','2026-03-20 09:14:00.000000','{}');
INSERT INTO "todokit_change" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8',9,'reminder','019d0a42249c772ca564aa143374182d','created',1,'dan','019d0a42249b7aaaa2ba686c35b62c3a','2026-03-20 09:15:00.000000','{}');
INSERT INTO "todokit_change" VALUES('1b7e49432c095647a76f1a7d8b8d1682',1,'list','019d0a4224ac787b8757a974b0a87343','created',1,'019d0a42-24a0-7766-bf3d-d8b3ee17a0c3','019d0a4224ab720e934f65b85a2485f5','2026-03-20 09:19:00.000000','{}');
INSERT INTO "todokit_change" VALUES('1b7e49432c095647a76f1a7d8b8d1682',2,'todo','019d0a4224ad7404b50e68cd2c65f271','created',1,'019d0a42-24a0-7766-bf3d-d8b3ee17a0c3','019d0a4224ab720e934f65b85a2485f5','2026-03-20 09:19:00.000000','{}');
INSERT INTO "todokit_change" VALUES('1b7e49432c095647a76f1a7d8b8d1682',3,'list','019d0a4224b07706979bbefc1e767bbe','created',1,'019d0a42-24a0-7766-bf3d-d8b3ee17a0c3','019d0a4224af7bffa5b3018562d84449','2026-03-20 09:20:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',78,'todo','019d0a4224b27d6d8815772223aa1a3b','created',1,'ann','019d0a4224b17a69983aae75b453b8f6','2026-03-20 09:21:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',79,'reminder','019d0a4224b4755a92c72effa1d0f287','created',1,'ann','019d0a4224b37ab4883604a160d9a125','2026-03-20 09:22:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',80,'reminder','019d0a4224b77f728186cc10183d9a77','created',1,'ann','019d0a4224b6773492a0430fdbc77181','2026-03-20 09:23:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',81,'reminder','019d0a4224ba7ef2af9790a205cae9c4','created',1,'ann','019d0a4224b97ba2a1876c09cea85c1e','2026-03-20 09:24:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',82,'todo','019d0a4224bd7f3b919d8c603cec7a00','created',1,'ann','019d0a4224bc76d0b1cf6e253339b08d','2026-03-20 09:25:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',83,'reminder','019d0a4224bf77ac9bafbc697f3bdcc5','created',1,'ann','019d0a4224be7aa18c19e1dc237038cb','2026-03-20 09:26:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',84,'reminder','019d0a4224c17dff99a58501a6c340b2','created',1,'ann','019d0a4224c078c9ac985017b3d2c575','2026-03-20 09:27:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',85,'reminder','019d0a4224c4719aa3a76e16d237228e','created',1,'ann','019d0a4224c37194ac86d8543810bfa2','2026-03-20 09:28:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',5,'todo','019d0a4224c779be91f475a1d652d5e2','created',1,'ben','019d0a4224c679f38ba0c073836e63ef','2026-03-20 09:29:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',6,'reminder','019d0a4224c97eaf8692ade9a4e367f6','created',1,'ben','019d0a4224c8736fa9d81d1fd6e41d5c','2026-03-20 09:30:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',7,'reminder','019d0a4224cc76ceb4556336d91f6982','created',1,'ben','019d0a4224cb759dbd5fcc36568ac6a5','2026-03-20 09:31:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',8,'todo','019d0a4224cf7a8e831f485e67ed3513','created',1,'ben','019d0a4224ce7558846f970bddd619e0','2026-03-20 09:32:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',9,'reminder','019d0a4224d1786ab3e1fc115148f0c1','created',1,'ben','019d0a4224d072dfac5cf4ce41622a16','2026-03-20 09:33:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',10,'todo','019d0a4224cf7a8e831f485e67ed3513','completed',2,'ben','019d0a4224d375ca82841506428a1fe0','2026-03-20 09:34:00.000000','{"status":["needs_action","completed"],"completed_at":[null,"2026-03-20T09:34:00Z"],"completed_by":[null,"ben"]}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',11,'todo','019d0a4224d676e7b327d740c0fa836b','created',1,'ben','019d0a4224d57ee281442ce3fb9d368c','2026-03-20 09:35:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',12,'reminder','019d0a4224d87de68c4662dd5ace33bc','created',1,'ben','019d0a4224d77d568776840b58f4b5b2','2026-03-20 09:36:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',13,'todo','019d0a4224db7d92b8c8841e752f477a','created',1,'ben','019d0a4224da713094fdaaaec9c5d174','2026-03-20 09:37:00.000000','{}');
INSERT INTO "todokit_change" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b',14,'reminder','019d0a4224dd7f3d8ae78772ffb6ad45','created',1,'ben','019d0a4224dc7f71aa8f8703a7cf291b','2026-03-20 09:38:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',86,'reminder','019d0a4224ba7ef2af9790a205cae9c4','fired',2,'system:worker','019d0a4224e77537a141190e0b476a69','2026-03-27 10:00:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',87,'reminder','019d0a4224b77f728186cc10183d9a77','fired',2,'system:worker','019d0a4224ec7c51a9eb00676659211c','2026-03-27 10:00:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',88,'reminder','019d0a4224b4755a92c72effa1d0f287','fired',2,'system:worker','019d0a4224f17811972c32b034720d69','2026-03-27 10:00:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',89,'reminder','019d0a4224ba7ef2af9790a205cae9c4','updated',3,'ann','019d0a42251c796a98f95abf9194d649','2026-03-28 08:02:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',90,'todo','019d0a422520782eaa12ed81ca1e5e4e','created',1,'ann','019d0a42251f7d069f328579fbe00d32','2026-03-28 08:04:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',91,'todo','019d0a422520782eaa12ed81ca1e5e4e','updated',2,'ann','019d0a4225227c8c8e75ec3c59885001','2026-03-28 08:06:00.000000','{"priority":[0,2]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',92,'todo','019d0a42245b783cbdc0bcbd137f79bf','completed',4,'ann','019d0a42252471b7bb4a7d1cbf9f8af0','2026-03-28 08:08:00.000000','{"due":[{"date":"2026-03-26"},{"date":"2026-03-30"}],"occurrence":["2026-03-26","2026-03-30"]}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',93,'list','019d0a4225277c858c1ea121c2bc4a57','created',1,'ann','019d0a42252673f8883f69be636e85bf','2026-03-28 08:09:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',94,'label','019d0a4225297c34bf2a072cb24d4e94','created',1,'ann','019d0a4225287bd9a46b0c2a60d8bf2a','2026-03-28 08:10:00.000000','{}');
INSERT INTO "todokit_change" VALUES('d680c7dbb5775b91b1c2e5e6cec67947',95,'label','019d0a4225297c34bf2a072cb24d4e94','deleted',2,'ann','019d0a42252a7a57afd225cd8563ac4d','2026-03-28 08:11:00.000000','{}');
CREATE TABLE todokit_idempotency (
	space_id CHAR(32) NOT NULL, 
	actor_id VARCHAR(255) NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	status INTEGER NOT NULL, 
	headers JSON NOT NULL, 
	body BLOB NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_todokit_idempotency PRIMARY KEY (space_id, actor_id, "key"), 
	CONSTRAINT fk_todokit_idempotency_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id)
);
INSERT INTO "todokit_idempotency" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','ann','key 0','b0080eacd3e1b1e488df93f37ec46f83faf67542d480fcce555448af1e55de60',201,'{"etag":"\"1\"","location":"/api/todos/019d0a42-2520-782e-aa12-ed81ca1e5e4e","content-length":"483","content-type":"application/json"}',X'7B226964223A2230313964306134322D323532302D373832652D616131322D656438316361316535653465222C226C6973745F6964223A2230313964306134322D323432322D373934612D396132652D646166323534336466313936222C22706172656E745F6964223A6E756C6C2C227469746C65223A226D616465206F6E6365222C226465736372697074696F6E223A22222C22737461747573223A226E656564735F616374696F6E222C227072696F72697479223A302C227374617274223A6E756C6C2C22647565223A6E756C6C2C22646561646C696E65223A6E756C6C2C22726563757272656E6365223A6E756C6C2C226F6363757272656E6365223A6E756C6C2C22706F736974696F6E223A226152222C226C6162656C5F696473223A5B5D2C226C696E6B73223A5B5D2C226578747261223A7B22C3BC223A312E357D2C22636F6D706C657465645F6174223A6E756C6C2C22636F6D706C657465645F6279223A6E756C6C2C22637265617465645F6174223A22323032362D30332D32385430383A30343A30305A222C22637265617465645F6279223A22616E6E222C22757064617465645F6174223A22323032362D30332D32385430383A30343A30305A222C2276657273696F6E223A312C2264656C657465645F6174223A6E756C6C7D','2026-03-28 08:04:00.000000');
INSERT INTO "todokit_idempotency" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','ann','key 1','3fb2e74dd1deecdc7e4ba42d0808b6e79452dbd989de18a7a99d97c5335eb306',200,'{"etag":"\"2\"","content-length":"483","content-type":"application/json"}',X'7B226964223A2230313964306134322D323532302D373832652D616131322D656438316361316535653465222C226C6973745F6964223A2230313964306134322D323432322D373934612D396132652D646166323534336466313936222C22706172656E745F6964223A6E756C6C2C227469746C65223A226D616465206F6E6365222C226465736372697074696F6E223A22222C22737461747573223A226E656564735F616374696F6E222C227072696F72697479223A322C227374617274223A6E756C6C2C22647565223A6E756C6C2C22646561646C696E65223A6E756C6C2C22726563757272656E6365223A6E756C6C2C226F6363757272656E6365223A6E756C6C2C22706F736974696F6E223A226152222C226C6162656C5F696473223A5B5D2C226C696E6B73223A5B5D2C226578747261223A7B22C3BC223A312E357D2C22636F6D706C657465645F6174223A6E756C6C2C22636F6D706C657465645F6279223A6E756C6C2C22637265617465645F6174223A22323032362D30332D32385430383A30343A30305A222C22637265617465645F6279223A22616E6E222C22757064617465645F6174223A22323032362D30332D32385430383A30363A30305A222C2276657273696F6E223A322C2264656C657465645F6174223A6E756C6C7D','2026-03-28 08:06:00.000000');
INSERT INTO "todokit_idempotency" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','ann','key 2','164c41a2147adab4ab4270236b1bad8dc18be9af7b013b6c70c362cd90ce80ba',200,'{"etag":"\"4\"","content-length":"641","content-type":"application/json"}',X'7B226964223A2230313964306134322D323435622D373833632D626463302D626362643133376637396266222C226C6973745F6964223A2230313964306134322D323432322D373934612D396132652D646166323534336466313936222C22706172656E745F6964223A6E756C6C2C227469746C65223A227765656B6C79222C226465736372697074696F6E223A22222C22737461747573223A226E656564735F616374696F6E222C227072696F72697479223A302C227374617274223A6E756C6C2C22647565223A7B2264617465223A22323032362D30332D3330227D2C22646561646C696E65223A6E756C6C2C22726563757272656E6365223A7B227272756C65223A22465245513D5745454B4C593B42594441593D4D4F2C5448222C226D6F6465223A227363686564756C65222C22736B6970223A226261636B77617264222C2263617463685F7570223A226E6578745F667574757265222C2272657365745F7375627461736B73223A747275652C2265786461746573223A5B22323032362D30342D3036225D7D2C226F6363757272656E6365223A22323032362D30332D3330222C22706F736974696F6E223A22614B222C226C6162656C5F696473223A5B5D2C226C696E6B73223A5B5D2C226578747261223A7B226E223A317D2C22636F6D706C657465645F6174223A6E756C6C2C22636F6D706C657465645F6279223A6E756C6C2C22637265617465645F6174223A22323032362D30332D32305430383A34363A30305A222C22637265617465645F6279223A22616E6E222C22757064617465645F6174223A22323032362D30332D32385430383A30383A30305A222C2276657273696F6E223A342C2264656C657465645F6174223A6E756C6C7D','2026-03-28 08:08:00.000000');
INSERT INTO "todokit_idempotency" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','ann','key 3','ece533cf959599f04947a356aa73d2a7dcf128a3ad6922945b8ccc6c49f72a86',201,'{"etag":"\"1\"","location":"/api/lists/019d0a42-2527-7c85-8c1e-a121c2bc4a57","content-length":"277","content-type":"application/json"}',X'7B226964223A2230313964306134322D323532372D376338352D386331652D613132316332626334613537222C226465736372697074696F6E223A22222C22636F6C6F72223A6E756C6C2C2269636F6E223A6E756C6C2C226578747261223A7B7D2C226E616D65223A226D616465206F6E63652C20746F6F222C22706F736974696F6E223A226134222C2269735F696E626F78223A66616C73652C2261726368697665645F6174223A6E756C6C2C22637265617465645F6174223A22323032362D30332D32385430383A30393A30305A222C22637265617465645F6279223A22616E6E222C22757064617465645F6174223A22323032362D30332D32385430383A30393A30305A222C2276657273696F6E223A317D','2026-03-28 08:09:00.000000');
INSERT INTO "todokit_idempotency" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','ann','key 4','9544d4058c25e537dfaffadbd49920592c7aac8bcaf62103f7959865daffa471',204,'{}',X'','2026-03-28 08:11:00.000000');
CREATE TABLE todokit_job (
	space_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	"key" VARCHAR(120) NOT NULL, 
	due_at DATETIME NOT NULL, 
	run_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	lease_id CHAR(32), 
	error VARCHAR(500), 
	parked_at DATETIME, namespace VARCHAR(100), user_id VARCHAR(255), argument JSON, 
	CONSTRAINT pk_todokit_job PRIMARY KEY (space_id, id), 
	CONSTRAINT fk_todokit_job_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id)
);
INSERT INTO "todokit_job" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a42249d7688a2148c2240df294b','reminder','019d0a42249c772ca564aa143374182d','2026-03-30 08:00:00.000000','2026-03-30 08:00:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224c27a8284ae0d30527d5f0f','reminder','019d0a4224c17dff99a58501a6c340b2','2026-04-02 07:00:00.000000','2026-04-02 07:00:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224c5779b8eda24da26e111c7','reminder','019d0a4224c4719aa3a76e16d237228e','2026-04-02 00:00:00.000000','2026-04-02 00:00:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224ca718f9aa24c569ebe1945','reminder','019d0a4224c97eaf8692ade9a4e367f6','2026-04-03 14:30:00.000000','2026-04-03 14:30:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224cd72a5a2d26cf7ea002768','reminder','019d0a4224cc76ceb4556336d91f6982','2026-04-04 13:00:00.000000','2026-04-04 13:00:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224d27380a3de6731d4bbe77b','reminder','019d0a4224d1786ab3e1fc115148f0c1','2026-04-05 13:00:00.000000','2026-04-05 13:00:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224d97c62a4cf7d10568583b5','reminder','019d0a4224d87de68c4662dd5ace33bc','2026-03-26 07:00:00.000000','2026-03-27 17:00:30.000000',8,NULL,'ConnectionError: the line is dead','2026-03-27 17:00:00.000000','',NULL,NULL);
INSERT INTO "todokit_job" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224de7cb682216e2ff6a6fdd3','reminder','019d0a4224dd7f3d8ae78772ffb6ad45','2026-03-28 07:00:00.000000','2026-03-28 08:00:12.846110',1,NULL,'ConnectionError: the line is dead',NULL,'',NULL,NULL);
INSERT INTO "todokit_job" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42251d7329bdf45e32be8e80b1','reminder','019d0a4224ba7ef2af9790a205cae9c4','2026-03-28 20:00:00.000000','2026-03-28 20:00:00.000000',0,NULL,NULL,NULL,'',NULL,NULL);
CREATE TABLE todokit_label (
	space_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(255) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	name_key VARCHAR(255) NOT NULL, 
	color VARCHAR(7), 
	CONSTRAINT pk_todokit_label PRIMARY KEY (space_id, id), 
	CONSTRAINT fk_todokit_label_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id)
);
INSERT INTO "todokit_label" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224117012806f9444f6c70655',1,'2026-03-20 08:10:00.000000','ann','2026-03-20 08:10:00.000000','dringend','dringend','#dc2626');
INSERT INTO "todokit_label" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422413779191b214f81ef22445',1,'2026-03-20 08:11:00.000000','ann','2026-03-20 08:11:00.000000','Später','später',NULL);
INSERT INTO "todokit_label" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a42248e7a20bdfa5bd4f74c6971',1,'2026-03-20 09:08:00.000000','ann','2026-03-20 09:08:00.000000','acme','acme',NULL);
CREATE TABLE todokit_list (
	space_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(255) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	delete_batch_id CHAR(32), 
	name VARCHAR(120) NOT NULL, 
	description VARCHAR(16384) NOT NULL, 
	color VARCHAR(7), 
	icon VARCHAR(64), 
	position VARCHAR(255) NOT NULL, 
	is_inbox BOOLEAN NOT NULL, 
	archived_at DATETIME, extra JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_todokit_list PRIMARY KEY (space_id, id), 
	CONSTRAINT fk_todokit_list_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id)
);
INSERT INTO "todokit_list" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224017b1c81c951828ce504db',1,'2026-03-20 08:01:00.000000','ann','2026-03-20 08:01:00.000000',NULL,NULL,'Haus & Hof','','#d97706','home','a0',0,NULL,'{"floor":2}');
INSERT INTO "todokit_list" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422403757fb3a700b9aafbe062',2,'2026-03-20 08:02:00.000000','ann','2026-03-20 08:05:00.000000',NULL,NULL,'Straßenbau','größer als
gedacht',NULL,NULL,'Zz',0,NULL,'{}');
INSERT INTO "todokit_list" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224057058930c5d886de8809a',2,'2026-03-20 08:03:00.000000','ann','2026-03-20 08:07:00.000000',NULL,NULL,'Archived','',NULL,NULL,'a2',0,'2026-03-20 08:07:00.000000','{}');
INSERT INTO "todokit_list" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224077f3cb7794fd9b9a51b5f',2,'2026-03-20 08:04:00.000000','ann','2026-03-20 08:09:00.000000','2026-03-20 08:09:00.000000','019d0a42240f704188ccc22ac7209ded','Trashed','',NULL,NULL,'a3',0,NULL,'{}');
INSERT INTO "todokit_list" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422422794a9a2edaf2543df196',1,'2026-03-20 08:20:00.000000','ann','2026-03-20 08:20:00.000000',NULL,NULL,'Inbox','',NULL,NULL,'a3',1,NULL,'{}');
INSERT INTO "todokit_list" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224847ee49bc674dbe1d4ea8e',1,'2026-03-20 09:04:00.000000','ben','2026-03-20 09:04:00.000000',NULL,NULL,'Inbox','',NULL,NULL,'a0',1,NULL,'{}');
INSERT INTO "todokit_list" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a42248c7285b4352ad3620652dd',1,'2026-03-20 09:07:00.000000','ann','2026-03-20 09:07:00.000000',NULL,NULL,'Plan','',NULL,NULL,'a0',0,NULL,'{}');
INSERT INTO "todokit_list" VALUES('1b7e49432c095647a76f1a7d8b8d1682','019d0a4224ac787b8757a974b0a87343',1,'2026-03-20 09:19:00.000000','019d0a42-24a0-7766-bf3d-d8b3ee17a0c3','2026-03-20 09:19:00.000000',NULL,NULL,'Inbox','',NULL,NULL,'a0',1,NULL,'{}');
INSERT INTO "todokit_list" VALUES('1b7e49432c095647a76f1a7d8b8d1682','019d0a4224b07706979bbefc1e767bbe',1,'2026-03-20 09:20:00.000000','019d0a42-24a0-7766-bf3d-d8b3ee17a0c3','2026-03-20 09:20:00.000000',NULL,NULL,'of an account, too','',NULL,NULL,'a1',0,NULL,'{}');
INSERT INTO "todokit_list" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4225277c858c1ea121c2bc4a57',1,'2026-03-28 08:09:00.000000','ann','2026-03-28 08:09:00.000000',NULL,NULL,'made once, too','',NULL,NULL,'a4',0,NULL,'{}');
CREATE TABLE todokit_occurrence (
	space_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	todo_id CHAR(32) NOT NULL, 
	series_id CHAR(32) NOT NULL, 
	slot VARCHAR(19) NOT NULL, 
	outcome VARCHAR(20) NOT NULL, 
	was_last BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	ended_at DATETIME NOT NULL, 
	ended_by VARCHAR(255) NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	progress JSON NOT NULL, 
	start_local VARCHAR(19), 
	start_zone VARCHAR(64), 
	start_at DATETIME NOT NULL, 
	due_local VARCHAR(19), 
	due_zone VARCHAR(64), 
	due_at DATETIME NOT NULL, 
	deadline DATE, 
	CONSTRAINT pk_todokit_occurrence PRIMARY KEY (space_id, id), 
	CONSTRAINT fk_todokit_occurrence_todokit_todo FOREIGN KEY(space_id, todo_id) REFERENCES todokit_todo (space_id, id) ON DELETE CASCADE
);
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224607be4b13542ad29fc7fb0','019d0a42245b783cbdc0bcbd137f79bf','019d0a42245c7ad6b357e1e0c8f9e06a','2026-03-16','completed',0,1,'2026-03-20 08:48:00.000000','ann','needs_action','{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-16',NULL,'2026-03-16 00:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42246272c1bdfff8537598c0e0','019d0a42245b783cbdc0bcbd137f79bf','019d0a42245c7ad6b357e1e0c8f9e06a','2026-03-23','skipped',0,2,'2026-03-20 08:49:00.000000','ann','needs_action','{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-23',NULL,'2026-03-23 00:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224677830b3385cd24e15fc8e','019d0a42246476d192dbb018168b6b65','019d0a4224657b66a04b1723b5a1e83d','2026-03-20T18:00:00','completed',0,1,'2026-03-20 08:51:00.000000','ann','needs_action','{"id":"019d0a4224657b66a04b1723b5a1e83d","start":"2026-03-20T18:00:00","last":null,"left":29,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-20T18:00:00',NULL,'2026-03-20 18:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42246c77f4b0b8fa63703b4581','019d0a42246476d192dbb018168b6b65','019d0a4224657b66a04b1723b5a1e83d','2026-03-22T18:00:00','completed',0,4,'2026-03-20 08:54:00.000000','ann','needs_action','{"id":"019d0a4224657b66a04b1723b5a1e83d","start":"2026-03-20T18:00:00","last":null,"left":28,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-22T18:00:00',NULL,'2026-03-22 18:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224717f288607c11428854276','019d0a42246e76168bb92314792e8c03','019d0a42246f7ac5937570df2f1a03ab','2026-01-31T09:00:00','completed',0,1,'2026-03-20 08:56:00.000000','ann','needs_action','{"id":"019d0a42246f7ac5937570df2f1a03ab","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}','2026-01-31T08:00:00','Europe/Berlin','2026-01-31 07:00:00.000000','2026-01-31T09:00:00','Europe/Berlin','2026-01-31 08:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224737b7cac43001d8cb75683','019d0a42246e76168bb92314792e8c03','019d0a42246f7ac5937570df2f1a03ab','2026-03-01T09:00:00','skipped',0,2,'2026-03-20 08:57:00.000000','ann','needs_action','{"id":"019d0a42246f7ac5937570df2f1a03ab","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}','2026-03-01T08:00:00','Europe/Berlin','2026-03-01 07:00:00.000000','2026-03-01T09:00:00','Europe/Berlin','2026-03-01 08:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42247875ce93f08ab42a69531c','019d0a42247574a68b03058b1d52bff9','019d0a42247677d6bccdabe2e78d0c93','2026-03-22','completed',0,1,'2026-03-20 08:59:00.000000','ann','needs_action','{"id":"019d0a42247677d6bccdabe2e78d0c93","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-22',NULL,'2026-03-22 00:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42247a7607b2ddb75cc9f10dd7','019d0a42247574a68b03058b1d52bff9','019d0a42247677d6bccdabe2e78d0c93','2026-03-23','completed',1,2,'2026-03-20 09:00:00.000000','ann','needs_action','{"id":"019d0a42247677d6bccdabe2e78d0c93","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-23',NULL,'2026-03-23 00:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224807031bedd7c3189bc6bff','019d0a42247d7436976f9a8ee067fbe6','019d0a42247e7153859d2cb9f43e18f7','2026-03-22','completed',0,1,'2026-03-20 09:02:00.000000','ann','needs_action','{"id":"019d0a42247e7153859d2cb9f43e18f7","start":"2026-03-22T00:00:00","last":null,"left":null,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-22',NULL,'2026-03-22 00:00:00.000000','9999-12-30');
INSERT INTO "todokit_occurrence" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a42248873a1907c8efd550135ac','019d0a42248579399c2195314bffa77e','019d0a422486705387d77c4ad7e4a800','2026-03-15T20:00:00','completed',0,1,'2026-03-20 09:05:00.000000','ben','needs_action','{"id":"019d0a422486705387d77c4ad7e4a800","start":"2026-03-15T20:00:00","last":null,"left":null,"leads":{"deadline":292}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-15T20:00:00',NULL,'2026-03-15 20:00:00.000000','2027-01-01');
INSERT INTO "todokit_occurrence" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42252571969545e508d774fbcf','019d0a42245b783cbdc0bcbd137f79bf','019d0a42245c7ad6b357e1e0c8f9e06a','2026-03-26','completed',0,3,'2026-03-28 08:08:00.000000','ann','needs_action','{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}',NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-26',NULL,'2026-03-26 00:00:00.000000','9999-12-30');
CREATE TABLE todokit_reminder (
	space_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(255) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	todo_id CHAR(32) NOT NULL, 
	user_id VARCHAR(255) NOT NULL, 
	at_local VARCHAR(19), 
	at_zone VARCHAR(64), 
	anchor VARCHAR(10), 
	minutes_before INTEGER, 
	zone VARCHAR(64) NOT NULL, 
	day_minute INTEGER NOT NULL, 
	moment DATETIME, 
	next_at DATETIME NOT NULL, 
	done_moment DATETIME, 
	fired_at DATETIME, 
	snoozed_until DATETIME, 
	CONSTRAINT pk_todokit_reminder PRIMARY KEY (space_id, id), 
	CONSTRAINT fk_todokit_reminder_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id), 
	CONSTRAINT fk_todokit_reminder_todokit_todo FOREIGN KEY(space_id, todo_id) REFERENCES todokit_todo (space_id, id) ON DELETE CASCADE
);
INSERT INTO "todokit_reminder" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a42249c772ca564aa143374182d',1,'2026-03-20 09:15:00.000000','dan','2026-03-20 09:15:00.000000','019d0a4224907607ab3aa3df99e612cf','dan',NULL,NULL,'due',60,'UTC',540,'2026-03-30 08:00:00.000000','2026-03-30 08:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224b4755a92c72effa1d0f287',2,'2026-03-20 09:22:00.000000','ann','2026-03-27 10:00:00.000000','019d0a4224b27d6d8815772223aa1a3b','ann',NULL,NULL,'due',0,'Europe/Berlin',540,'2026-03-27 09:00:00.000000','9999-12-31 00:00:00.000000','2026-03-27 09:00:00.000000','2026-03-27 10:00:00.000000',NULL);
INSERT INTO "todokit_reminder" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224b77f728186cc10183d9a77',2,'2026-03-20 09:23:00.000000','ann','2026-03-27 10:00:00.000000','019d0a4224b27d6d8815772223aa1a3b','ann',NULL,NULL,'due',30,'Europe/Berlin',540,'2026-03-27 08:30:00.000000','9999-12-31 00:00:00.000000','2026-03-27 08:30:00.000000','2026-03-27 10:00:00.000000',NULL);
INSERT INTO "todokit_reminder" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224ba7ef2af9790a205cae9c4',3,'2026-03-20 09:24:00.000000','ann','2026-03-28 08:02:00.000000','019d0a4224b27d6d8815772223aa1a3b','ann',NULL,NULL,'due',60,'Europe/Berlin',540,'2026-03-27 08:00:00.000000','2026-03-28 20:00:00.000000','2026-03-27 08:00:00.000000','2026-03-27 10:00:00.000000','2026-03-28 20:00:00.000000');
INSERT INTO "todokit_reminder" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224bf77ac9bafbc697f3bdcc5',1,'2026-03-20 09:26:00.000000','ann','2026-03-20 09:26:00.000000','019d0a4224bd7f3b919d8c603cec7a00','ann',NULL,NULL,'due',5,'Europe/Berlin',540,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224c17dff99a58501a6c340b2',1,'2026-03-20 09:27:00.000000','ann','2026-03-20 09:27:00.000000','019d0a4224bd7f3b919d8c603cec7a00','ann','2026-04-02T09:00:00',NULL,NULL,NULL,'Europe/Berlin',540,'2026-04-02 07:00:00.000000','2026-04-02 07:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224c4719aa3a76e16d237228e',1,'2026-03-20 09:28:00.000000','ann','2026-03-20 09:28:00.000000','019d0a4224bd7f3b919d8c603cec7a00','ann','2026-04-02T09:00:00','Asia/Tokyo',NULL,NULL,'Europe/Berlin',540,'2026-04-02 00:00:00.000000','2026-04-02 00:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224c97eaf8692ade9a4e367f6',1,'2026-03-20 09:30:00.000000','ben','2026-03-20 09:30:00.000000','019d0a4224c779be91f475a1d652d5e2','ben',NULL,NULL,'start',-90,'America/New_York',540,'2026-04-03 14:30:00.000000','2026-04-03 14:30:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224cc76ceb4556336d91f6982',1,'2026-03-20 09:31:00.000000','ben','2026-03-20 09:31:00.000000','019d0a4224c779be91f475a1d652d5e2','ben',NULL,NULL,'due',0,'America/New_York',540,'2026-04-04 13:00:00.000000','2026-04-04 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224d1786ab3e1fc115148f0c1',1,'2026-03-20 09:33:00.000000','ben','2026-03-20 09:33:00.000000','019d0a4224cf7a8e831f485e67ed3513','ben',NULL,NULL,'due',0,'America/New_York',540,'2026-04-05 13:00:00.000000','2026-04-05 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224d87de68c4662dd5ace33bc',1,'2026-03-20 09:36:00.000000','ben','2026-03-20 09:36:00.000000','019d0a4224d676e7b327d740c0fa836b','ben',NULL,NULL,'due',0,'America/New_York',540,'2026-03-26 07:00:00.000000','2026-03-26 07:00:00.000000',NULL,NULL,NULL);
INSERT INTO "todokit_reminder" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224dd7f3d8ae78772ffb6ad45',1,'2026-03-20 09:38:00.000000','ben','2026-03-20 09:38:00.000000','019d0a4224db7d92b8c8841e752f477a','ben',NULL,NULL,'due',0,'America/New_York',540,'2026-03-28 07:00:00.000000','2026-03-28 07:00:00.000000',NULL,NULL,NULL);
CREATE TABLE todokit_reset_subtask (
	space_id CHAR(32) NOT NULL, 
	occurrence_id CHAR(32) NOT NULL, 
	todo_id CHAR(32) NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	completed_at DATETIME NOT NULL, 
	completed_by VARCHAR(255), 
	closed_batch_id CHAR(32), 
	CONSTRAINT pk_todokit_reset_subtask PRIMARY KEY (space_id, occurrence_id, todo_id), 
	CONSTRAINT fk_todokit_reset_subtask_todokit_occurrence FOREIGN KEY(space_id, occurrence_id) REFERENCES todokit_occurrence (space_id, id) ON DELETE CASCADE, 
	CONSTRAINT fk_todokit_reset_subtask_todokit_todo FOREIGN KEY(space_id, todo_id) REFERENCES todokit_todo (space_id, id) ON DELETE CASCADE
);
CREATE TABLE todokit_space (
	id CHAR(32) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	"key" VARCHAR(255), 
	seq BIGINT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_todokit_space PRIMARY KEY (id)
);
INSERT INTO "todokit_space" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','personal','ann',95,'2026-03-20 08:01:00.000000');
INSERT INTO "todokit_space" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','personal','ben',14,'2026-03-20 09:04:00.000000');
INSERT INTO "todokit_space" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','host','acme',9,'2026-03-20 09:07:00.000000');
INSERT INTO "todokit_space" VALUES('1b7e49432c095647a76f1a7d8b8d1682','personal','019d0a42-24a0-7766-bf3d-d8b3ee17a0c3',3,'2026-03-20 09:19:00.000000');
CREATE TABLE todokit_todo (
	space_id CHAR(32) NOT NULL, 
	id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	created_by VARCHAR(255) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	delete_batch_id CHAR(32), 
	list_id CHAR(32) NOT NULL, 
	parent_id CHAR(32), 
	depth INTEGER NOT NULL, 
	title VARCHAR(500) NOT NULL, 
	title_key VARCHAR(255) NOT NULL, 
	description VARCHAR(16384) NOT NULL, 
	search_text TEXT NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	priority INTEGER NOT NULL, 
	start_local VARCHAR(19), 
	start_zone VARCHAR(64), 
	start_at DATETIME NOT NULL, 
	due_local VARCHAR(19), 
	due_zone VARCHAR(64), 
	due_at DATETIME NOT NULL, 
	deadline DATE, 
	position VARCHAR(255) NOT NULL, 
	extra JSON NOT NULL, 
	completed_at DATETIME NOT NULL, 
	completed_by VARCHAR(255), 
	closed_batch_id CHAR(32), recurrence JSON, occurrence VARCHAR(19), progress JSON, has_occurrences BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_todokit_todo PRIMARY KEY (space_id, id), 
	CONSTRAINT fk_todokit_todo_todokit_list FOREIGN KEY(space_id, list_id) REFERENCES todokit_list (space_id, id), 
	CONSTRAINT fk_todokit_todo_todokit_todo FOREIGN KEY(space_id, parent_id) REFERENCES todokit_todo (space_id, id), 
	CONSTRAINT fk_todokit_todo_todokit_space FOREIGN KEY(space_id) REFERENCES todokit_space (id)
);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42240a7095b92388928a1e6f91',1,'2026-03-20 08:06:00.000000','ann','2026-03-20 08:06:00.000000',NULL,NULL,'019d0a4224057058930c5d886de8809a',NULL,0,'in the archive','in the archive','','in the archive','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42240d71a3919a749c3a604f08',2,'2026-03-20 08:08:00.000000','ann','2026-03-20 08:09:00.000000','2026-03-20 08:09:00.000000','019d0a42240f704188ccc22ac7209ded','019d0a4224077f3cb7794fd9b9a51b5f',NULL,0,'alone in the trash of its list','alone in the trash of its list','','alone in the trash of its list','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224177d068651bd603cae545c',3,'2026-03-20 08:13:00.000000','ann','2026-03-20 08:15:00.000000',NULL,NULL,'019d0a4224017b1c81c951828ce504db',NULL,0,'Café Ørsted — 注文','café ørsted — 注文','ﬁne print
- [ ] a ''quote'', a \ and "two"','cafe orsted — 注文fine print
- [ ] a ''quote'', a \ and "two"','needs_action',1,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42241b78b48d139d945394dbe7',1,'2026-03-20 08:16:00.000000','ann','2026-03-20 08:16:00.000000',NULL,NULL,'019d0a422403757fb3a700b9aafbe062',NULL,0,'Straße, verlinkt','strasse, verlinkt','','strasse, verlinkt','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42241d7315ab1f1e3a87180a16',1,'2026-03-20 08:17:00.000000','ann','2026-03-20 08:17:00.000000',NULL,NULL,'019d0a422403757fb3a700b9aafbe062',NULL,0,'extra','extra','','extra','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a1','{"a":[1,2.5,null,"ü"],"b":{"c":true},"amount":10}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42241f75848d7466428d83782a',2,'2026-03-20 08:18:00.000000','ann','2026-03-20 08:19:00.000000',NULL,NULL,'019d0a4224017b1c81c951828ce504db',NULL,0,'moved to the front','moved to the front','','moved to the front','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','Zz','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422423712dab2bfe149f8055c6',1,'2026-03-20 08:20:00.000000','ann','2026-03-20 08:20:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'due today','due today','','due today','needs_action',5,'2026-03-27',NULL,'2026-03-27 00:00:00.000000','2026-03-28',NULL,'2026-03-28 00:00:00.000000','2026-04-01','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224257f448fe8c55ceb2525b6',1,'2026-03-20 08:21:00.000000','ann','2026-03-20 08:21:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'due where one is','due where one is','','due where one is','needs_action',9,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-29T02:30:00',NULL,'2026-03-29 02:30:00.000000','9999-12-30','a1','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224277ddf91e8cf9fd1a9c2f2',1,'2026-03-20 08:22:00.000000','ann','2026-03-20 08:22:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'due in Berlin','due in berlin','','due in berlin','needs_action',10,'2026-10-24T09:00:00','Asia/Tokyo','2026-10-24 00:00:00.000000','2026-10-25T02:30:00','Europe/Berlin','2026-10-25 00:30:00.000000','9999-12-30','a2','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422429713999e8a252d120fa23',1,'2026-03-20 08:23:00.000000','ann','2026-03-20 08:23:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'overdue','overdue','','overdue','in_progress',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-21',NULL,'2026-03-21 00:00:00.000000','2026-03-25','a3','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42242b7ca4902d51c90c9368d9',2,'2026-03-20 08:24:00.000000','ann','2026-03-20 08:28:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'completed, once','completed, once','','completed, once','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-28',NULL,'2026-03-28 00:00:00.000000','9999-12-30','a4','{}','2026-03-20 08:28:00.000000','ann','019d0a4224337455a3758ee01077bb5d',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42242d7abaaf6f6e9ed354ca8e',2,'2026-03-20 08:25:00.000000','ann','2026-03-20 08:29:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'cancelled, once','cancelled, once','','cancelled, once','cancelled',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-28',NULL,'2026-03-28 00:00:00.000000','9999-12-30','a5','{}','9999-12-31 00:00:00.000000',NULL,'019d0a4224357c8b92972a89bbc1f8d9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42242f728c94985a7c96727661',3,'2026-03-20 08:26:00.000000','ann','2026-03-20 08:31:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'reopened, once','reopened, once','','reopened, once','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-28',NULL,'2026-03-28 00:00:00.000000','9999-12-30','a6','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224317acc918691d2c0e64334',2,'2026-03-20 08:27:00.000000','ann','2026-03-20 08:32:00.000000','2026-03-20 08:32:00.000000','019d0a42243a73f09b5753de6ff9fe6d','019d0a422422794a9a2edaf2543df196',NULL,0,'trashed, once','trashed, once','','trashed, once','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-28',NULL,'2026-03-28 00:00:00.000000','9999-12-30','a7','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42243c79e8869245fcebc7cf50',1,'2026-03-20 08:33:00.000000','ann','2026-03-20 08:33:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'depth 0','depth 0','','depth 0','needs_action',3,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a7','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42243e7e21a09d0c736fa9d6b1',1,'2026-03-20 08:34:00.000000','ann','2026-03-20 08:34:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42243c79e8869245fcebc7cf50',1,'depth 1','depth 1','','depth 1','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a8','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422440749cad6beca5c52b864b',1,'2026-03-20 08:35:00.000000','ann','2026-03-20 08:35:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42243e7e21a09d0c736fa9d6b1',2,'depth 2','depth 2','','depth 2','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a9','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224427c2c9cbd7def17d9e92f',1,'2026-03-20 08:36:00.000000','ann','2026-03-20 08:36:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a422440749cad6beca5c52b864b',3,'depth 3','depth 3','','depth 3','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aA','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224447ec28e2841ab244bd9bd',1,'2026-03-20 08:37:00.000000','ann','2026-03-20 08:37:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a4224427c2c9cbd7def17d9e92f',4,'depth 4','depth 4','','depth 4','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aB','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224467bf4bdc8f189ecd56a88',2,'2026-03-20 08:38:00.000000','ann','2026-03-20 08:39:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a4224447ec28e2841ab244bd9bd',5,'depth 5','depth 5','','depth 5','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aC','{}','2026-03-20 08:39:00.000000','ann','019d0a42244878c3942e66525f933a2b',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42244a71dfab8d4ecfb3c5ccd1',2,'2026-03-20 08:40:00.000000','ann','2026-03-20 08:41:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'depth 0','depth 0','','depth 0','completed',3,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aD','{}','2026-03-20 08:41:00.000000','ann','019d0a422451724ab1528e71c6d2d1a9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42244b756fa5d67d3947f1539d',2,'2026-03-20 08:40:00.000000','ann','2026-03-20 08:41:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42244a71dfab8d4ecfb3c5ccd1',1,'depth 1','depth 1','','depth 1','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aE','{}','2026-03-20 08:41:00.000000','ann','019d0a422451724ab1528e71c6d2d1a9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42244c7af99d2562d793af7988',2,'2026-03-20 08:40:00.000000','ann','2026-03-20 08:41:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42244b756fa5d67d3947f1539d',2,'depth 2','depth 2','','depth 2','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aF','{}','2026-03-20 08:41:00.000000','ann','019d0a422451724ab1528e71c6d2d1a9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42244d7ebebcead28b5410876e',2,'2026-03-20 08:40:00.000000','ann','2026-03-20 08:41:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42244c7af99d2562d793af7988',3,'depth 3','depth 3','','depth 3','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aG','{}','2026-03-20 08:41:00.000000','ann','019d0a422451724ab1528e71c6d2d1a9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42244e70fc9a127ecea1b8dbc4',2,'2026-03-20 08:40:00.000000','ann','2026-03-20 08:41:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42244d7ebebcead28b5410876e',4,'depth 4','depth 4','','depth 4','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aH','{}','2026-03-20 08:41:00.000000','ann','019d0a422451724ab1528e71c6d2d1a9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42244f72059dd8e98e13fef911',2,'2026-03-20 08:40:00.000000','ann','2026-03-20 08:41:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42244e70fc9a127ecea1b8dbc4',5,'depth 5','depth 5','','depth 5','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aI','{}','2026-03-20 08:41:00.000000','ann','019d0a422451724ab1528e71c6d2d1a9',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42245370da87292af167b091ce',1,'2026-03-20 08:42:00.000000','ann','2026-03-20 08:42:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'its branch is in the trash','its branch is in the trash','','its branch is in the trash','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aJ','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42245574f9aebb83838544e814',2,'2026-03-20 08:43:00.000000','ann','2026-03-20 08:45:00.000000','2026-03-20 08:45:00.000000','019d0a42245977a3bc788187260a3f5d','019d0a422422794a9a2edaf2543df196','019d0a42245370da87292af167b091ce',1,'the branch','the branch','','the branch','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aK','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224577127999d53b9f0124b7f',2,'2026-03-20 08:44:00.000000','ann','2026-03-20 08:45:00.000000','2026-03-20 08:45:00.000000','019d0a42245977a3bc788187260a3f5d','019d0a422422794a9a2edaf2543df196','019d0a42245574f9aebb83838544e814',2,'on the branch','on the branch','','on the branch','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aL','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42245b783cbdc0bcbd137f79bf',4,'2026-03-20 08:46:00.000000','ann','2026-03-28 08:08:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'weekly','weekly','','weekly','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-30',NULL,'2026-03-30 00:00:00.000000','9999-12-30','aK','{"n":1}','9999-12-31 00:00:00.000000',NULL,NULL,'{"rrule":"FREQ=WEEKLY;BYDAY=MO,TH","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":["2026-04-06"]}','2026-03-30','{"id":"019d0a42245c7ad6b357e1e0c8f9e06a","start":"2026-03-16T00:00:00","last":null,"left":null,"leads":{}}',1);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42245e7981b3041e2bdacdb984',1,'2026-03-20 08:47:00.000000','ann','2026-03-20 08:47:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196','019d0a42245b783cbdc0bcbd137f79bf',1,'each time','each time','','each time','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aL','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42246476d192dbb018168b6b65',5,'2026-03-20 08:50:00.000000','ann','2026-03-20 08:54:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'water the plants','water the plants','','water the plants','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-24T18:00:00',NULL,'2026-03-24 18:00:00.000000','9999-12-30','aM','{}','9999-12-31 00:00:00.000000',NULL,NULL,'{"rrule":"FREQ=DAILY;INTERVAL=2;COUNT=30","mode":"completion","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}','2026-03-24T18:00:00','{"id":"019d0a4224657b66a04b1723b5a1e83d","start":"2026-03-20T18:00:00","last":null,"left":27,"leads":{}}',1);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42246e76168bb92314792e8c03',3,'2026-03-20 08:55:00.000000','ann','2026-03-20 08:57:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'rent','rent','','rent','needs_action',10,'2026-03-31T08:00:00','Europe/Berlin','2026-03-31 06:00:00.000000','2026-03-31T09:00:00','Europe/Berlin','2026-03-31 07:00:00.000000','9999-12-30','aN','{}','9999-12-31 00:00:00.000000',NULL,NULL,'{"rrule":"FREQ=MONTHLY;BYMONTHDAY=31","mode":"schedule","skip":"forward","catch_up":"next_slot","reset_subtasks":false,"exdates":[]}','2026-03-31T09:00:00','{"id":"019d0a42246f7ac5937570df2f1a03ab","start":"2026-01-31T09:00:00","last":null,"left":null,"leads":{"start":-3600}}',1);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42247574a68b03058b1d52bff9',3,'2026-03-20 08:58:00.000000','ann','2026-03-20 09:00:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'ended','ended','','ended','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-23',NULL,'2026-03-23 00:00:00.000000','9999-12-30','aO','{}','2026-03-20 09:00:00.000000','ann','019d0a42247b7f53a72f54f2d839aa9a','{"rrule":"FREQ=DAILY;COUNT=2","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}','2026-03-23','{"id":"019d0a42247677d6bccdabe2e78d0c93","start":"2026-03-22T00:00:00","last":"2026-03-23T00:00:00","left":null,"leads":{}}',1);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42247d7436976f9a8ee067fbe6',3,'2026-03-20 09:01:00.000000','ann','2026-03-20 09:03:00.000000','2026-03-20 09:03:00.000000','019d0a4224827f988960a45a8c06997c','019d0a422422794a9a2edaf2543df196',NULL,0,'a series in the trash','a series in the trash','','a series in the trash','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2027-03-22',NULL,'2027-03-22 00:00:00.000000','9999-12-30','aP','{}','9999-12-31 00:00:00.000000',NULL,NULL,'{"rrule":"FREQ=YEARLY","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}','2027-03-22','{"id":"019d0a42247e7153859d2cb9f43e18f7","start":"2026-03-22T00:00:00","last":null,"left":null,"leads":{}}',1);
INSERT INTO "todokit_todo" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a42248579399c2195314bffa77e',2,'2026-03-20 09:04:00.000000','ben','2026-03-20 09:05:00.000000',NULL,NULL,'019d0a4224847ee49bc674dbe1d4ea8e',NULL,0,'call home','call home','','call home','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-22T20:00:00',NULL,'2026-03-22 20:00:00.000000','2027-01-08','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,'{"rrule":"FREQ=WEEKLY;UNTIL=20261231;BYDAY=SU","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}','2026-03-22T20:00:00','{"id":"019d0a422486705387d77c4ad7e4a800","start":"2026-03-15T20:00:00","last":null,"left":null,"leads":{"deadline":292}}',1);
INSERT INTO "todokit_todo" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a42248a7b9d96f5b3a43a4a8518',1,'2026-03-20 09:06:00.000000','ben','2026-03-20 09:06:00.000000',NULL,NULL,'019d0a4224847ee49bc674dbe1d4ea8e',NULL,0,'nothing but a title','nothing but a title','','nothing but a title','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a1','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a4224907607ab3aa3df99e612cf',1,'2026-03-20 09:09:00.000000','dan','2026-03-20 09:09:00.000000',NULL,NULL,'019d0a42248c7285b4352ad3620652dd',NULL,0,'by the editor','by the editor','','by the editor','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-30',NULL,'2026-03-30 00:00:00.000000','9999-12-30','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a4224927e67a052b0282cbe8dfa',1,'2026-03-20 09:10:00.000000','ann','2026-03-20 09:10:00.000000',NULL,NULL,'019d0a42248c7285b4352ad3620652dd','019d0a4224907607ab3aa3df99e612cf',1,'below it','below it','','below it','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a1','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a4224947e0fb36af4b603284844',2,'2026-03-20 09:11:00.000000','ann','2026-03-20 09:12:00.000000',NULL,NULL,'019d0a42248c7285b4352ad3620652dd',NULL,0,'closed by the editor','closed by the editor','','closed by the editor','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a2','{}','2026-03-20 09:12:00.000000','dan','019d0a4224967226ba54060ddf151230',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a42249878618c5e0c2b4b7edb68',2,'2026-03-20 09:13:00.000000','dan','2026-03-20 09:14:00.000000','2026-03-20 09:14:00.000000','019d0a42249a7e698afc2bb7c23200a4','019d0a42248c7285b4352ad3620652dd',NULL,0,'gone','gone','','gone','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','a3','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('1b7e49432c095647a76f1a7d8b8d1682','019d0a4224ad7404b50e68cd2c65f271',1,'2026-03-20 09:19:00.000000','019d0a42-24a0-7766-bf3d-d8b3ee17a0c3','2026-03-20 09:19:00.000000',NULL,NULL,'019d0a4224ac787b8757a974b0a87343',NULL,0,'of an account','of an account','','of an account','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-28',NULL,'2026-03-28 00:00:00.000000','9999-12-30','a0','{}','9999-12-31 00:00:00.000000',NULL,NULL,'{"rrule":"FREQ=DAILY","mode":"schedule","skip":"backward","catch_up":"next_future","reset_subtasks":true,"exdates":[]}','2026-03-28','{"id":"019d0a4224ae7db68c813988b7857bb9","start":"2026-03-28T00:00:00","last":null,"left":null,"leads":{}}',0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224b27d6d8815772223aa1a3b',1,'2026-03-20 09:21:00.000000','ann','2026-03-20 09:21:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'to be reminded of','to be reminded of','','to be reminded of','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-27T10:00:00','Europe/Berlin','2026-03-27 09:00:00.000000','9999-12-30','aP','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224bd7f3b919d8c603cec7a00',1,'2026-03-20 09:25:00.000000','ann','2026-03-20 09:25:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'without a due','without a due','','without a due','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aQ','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224c779be91f475a1d652d5e2',1,'2026-03-20 09:29:00.000000','ben','2026-03-20 09:29:00.000000',NULL,NULL,'019d0a4224847ee49bc674dbe1d4ea8e',NULL,0,'due later','due later','','due later','needs_action',10,'2026-04-03',NULL,'2026-04-03 00:00:00.000000','2026-04-04',NULL,'2026-04-04 00:00:00.000000','9999-12-30','a2','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224cf7a8e831f485e67ed3513',2,'2026-03-20 09:32:00.000000','ben','2026-03-20 09:34:00.000000',NULL,NULL,'019d0a4224847ee49bc674dbe1d4ea8e',NULL,0,'closed before it reminds','closed before it reminds','','closed before it reminds','completed',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-04-05',NULL,'2026-04-05 00:00:00.000000','9999-12-30','a3','{}','2026-03-20 09:34:00.000000','ben','019d0a4224d47db2a4aa5a0955225983',NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224d676e7b327d740c0fa836b',1,'2026-03-20 09:35:00.000000','ben','2026-03-20 09:35:00.000000',NULL,NULL,'019d0a4224847ee49bc674dbe1d4ea8e',NULL,0,'unreachable, put aside','unreachable, put aside','','unreachable, put aside','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-26T07:00:00','UTC','2026-03-26 07:00:00.000000','9999-12-30','a4','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('cdacc373a3c65f9e8ac8ca4cad019c1b','019d0a4224db7d92b8c8841e752f477a',1,'2026-03-20 09:37:00.000000','ben','2026-03-20 09:37:00.000000',NULL,NULL,'019d0a4224847ee49bc674dbe1d4ea8e',NULL,0,'unreachable, tried once','unreachable, tried once','','unreachable, tried once','needs_action',10,NULL,NULL,'9999-12-31 00:00:00.000000','2026-03-28T07:00:00','UTC','2026-03-28 07:00:00.000000','9999-12-30','a5','{}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "todokit_todo" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a422520782eaa12ed81ca1e5e4e',2,'2026-03-28 08:04:00.000000','ann','2026-03-28 08:06:00.000000',NULL,NULL,'019d0a422422794a9a2edaf2543df196',NULL,0,'made once','made once','','made once','needs_action',2,NULL,NULL,'9999-12-31 00:00:00.000000',NULL,NULL,'9999-12-31 00:00:00.000000','9999-12-30','aR','{"ü":1.5}','9999-12-31 00:00:00.000000',NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE todokit_todo_label (
	space_id CHAR(32) NOT NULL, 
	todo_id CHAR(32) NOT NULL, 
	label_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_todokit_todo_label PRIMARY KEY (space_id, todo_id, label_id), 
	CONSTRAINT fk_todokit_todo_label_todokit_label FOREIGN KEY(space_id, label_id) REFERENCES todokit_label (space_id, id), 
	CONSTRAINT fk_todokit_todo_label_todokit_todo FOREIGN KEY(space_id, todo_id) REFERENCES todokit_todo (space_id, id) ON DELETE CASCADE
);
INSERT INTO "todokit_todo_label" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224177d068651bd603cae545c','019d0a4224117012806f9444f6c70655');
INSERT INTO "todokit_todo_label" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a4224177d068651bd603cae545c','019d0a422413779191b214f81ef22445');
INSERT INTO "todokit_todo_label" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42241b78b48d139d945394dbe7','019d0a422413779191b214f81ef22445');
INSERT INTO "todokit_todo_label" VALUES('869a8adc88d855c2b3ec8ab7e3c030b8','019d0a4224907607ab3aa3df99e612cf','019d0a42248e7a20bdfa5bd4f74c6971');
CREATE TABLE todokit_todo_link (
	space_id CHAR(32) NOT NULL, 
	todo_id CHAR(32) NOT NULL, 
	source VARCHAR(120) NOT NULL, 
	type VARCHAR(120) NOT NULL, 
	target_id VARCHAR(120) NOT NULL, 
	url VARCHAR(2000), 
	title VARCHAR(500), 
	CONSTRAINT pk_todokit_todo_link PRIMARY KEY (space_id, todo_id, source, type, target_id), 
	CONSTRAINT fk_todokit_todo_link_todokit_todo FOREIGN KEY(space_id, todo_id) REFERENCES todokit_todo (space_id, id) ON DELETE CASCADE
);
INSERT INTO "todokit_todo_link" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42241b78b48d139d945394dbe7','billing','customer','7',NULL,NULL);
INSERT INTO "todokit_todo_link" VALUES('d680c7dbb5775b91b1c2e5e6cec67947','019d0a42241b78b48d139d945394dbe7','billing','invoice','42','https://shop.example/42','No. 42');
CREATE INDEX ix_todokit_change_space_id_entity_id_seq ON todokit_change (space_id, entity_id, seq);
CREATE INDEX ix_todokit_idempotency_created_at ON todokit_idempotency (created_at);
CREATE UNIQUE INDEX uq_todokit_label_name_key ON todokit_label (space_id, name_key);
CREATE UNIQUE INDEX uq_todokit_list_inbox ON todokit_list (space_id) WHERE is_inbox;
CREATE UNIQUE INDEX uq_todokit_list_position ON todokit_list (space_id, position) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_completed ON todokit_todo (space_id, completed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_created ON todokit_todo (space_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_due ON todokit_todo (space_id, due_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_position ON todokit_todo (space_id, position, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_priority ON todokit_todo (space_id, priority, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_start ON todokit_todo (space_id, start_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_title ON todokit_todo (space_id, title_key, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_trash ON todokit_todo (space_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX ix_todokit_todo_updated ON todokit_todo (space_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX uq_todokit_todo_position ON todokit_todo (space_id, list_id, position) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_todo_label_label ON todokit_todo_label (space_id, label_id, todo_id);
CREATE INDEX ix_todokit_todo_link_target ON todokit_todo_link (space_id, source, type, target_id, todo_id);
CREATE UNIQUE INDEX uq_todokit_occurrence_version ON todokit_occurrence (space_id, todo_id, version);
CREATE UNIQUE INDEX uq_todokit_occurrence_slot ON todokit_occurrence (space_id, todo_id, series_id, slot);
CREATE INDEX ix_todokit_reset_subtask_todo ON todokit_reset_subtask (space_id, todo_id);
CREATE UNIQUE INDEX uq_todokit_job_key ON todokit_job (space_id, kind, "key");
CREATE INDEX ix_todokit_reminder_todo ON todokit_reminder (space_id, todo_id, user_id);
CREATE INDEX ix_todokit_reminder_next ON todokit_reminder (space_id, user_id, next_at, id);
CREATE INDEX ix_todokit_todo_parent ON todokit_todo (parent_id, space_id);
CREATE INDEX ix_todokit_todo_list ON todokit_todo (list_id, space_id);
CREATE INDEX ix_todokit_job_due ON todokit_job (namespace, run_at) WHERE parked_at IS NULL;
CREATE INDEX ix_todokit_job_parked ON todokit_job (namespace) WHERE parked_at IS NOT NULL;
CREATE INDEX ix_todokit_occurrence_ended ON todokit_occurrence (space_id, ended_at, todo_id, version) WHERE outcome = 'completed';
CREATE INDEX ix_todokit_occurrence_due ON todokit_occurrence (space_id, due_at, todo_id, version) WHERE outcome = 'completed';
CREATE INDEX ix_todokit_occurrence_start ON todokit_occurrence (space_id, start_at, todo_id, version) WHERE outcome = 'completed';
CREATE INDEX ix_todokit_todo_done_position ON todokit_todo (space_id, position, id) WHERE deleted_at IS NULL AND has_occurrences = 1;
CREATE INDEX ix_todokit_todo_done_priority ON todokit_todo (space_id, priority, id) WHERE deleted_at IS NULL AND has_occurrences = 1;
CREATE INDEX ix_todokit_todo_done_title ON todokit_todo (space_id, title_key, id) WHERE deleted_at IS NULL AND has_occurrences = 1;
CREATE INDEX ix_todokit_todo_done_created ON todokit_todo (space_id, created_at, id) WHERE deleted_at IS NULL AND has_occurrences = 1;
CREATE INDEX ix_todokit_todo_deadline ON todokit_todo (space_id, deadline, id) WHERE deleted_at IS NULL;
CREATE INDEX ix_todokit_occurrence_deadline ON todokit_occurrence (space_id, deadline, todo_id, version) WHERE outcome = 'completed';
CREATE UNIQUE INDEX uq_todokit_auth_user_email_key ON todokit_auth_user (email_key);
CREATE INDEX ix_todokit_auth_session_user_id ON todokit_auth_session (user_id);
CREATE INDEX ix_todokit_auth_session_expires_at ON todokit_auth_session (expires_at);
CREATE INDEX ix_todokit_auth_refresh_session_id ON todokit_auth_refresh (session_id);
CREATE UNIQUE INDEX uq_todokit_auth_token_digest ON todokit_auth_token (digest);
CREATE INDEX ix_todokit_auth_token_user_id_id ON todokit_auth_token (user_id, id);
CREATE INDEX ix_todokit_auth_oauth_user_id ON todokit_auth_oauth (user_id);
CREATE INDEX ix_todokit_auth_attempt_started_at ON todokit_auth_attempt (started_at);
CREATE INDEX ix_todokit_auth_ticket_user_id_purpose ON todokit_auth_ticket (user_id, purpose);
CREATE INDEX ix_todokit_auth_mail_due_at ON todokit_auth_mail (due_at);
CREATE INDEX ix_todokit_auth_revocation_revoked_at ON todokit_auth_revocation (revoked_at);
CREATE INDEX ix_todokit_auth_user_erase_at ON todokit_auth_user (erase_at) WHERE erase_at IS NOT NULL;
CREATE INDEX ix_todokit_auth_user_moved_at ON todokit_auth_user (moved_at) WHERE moved_at IS NOT NULL;
COMMIT;
