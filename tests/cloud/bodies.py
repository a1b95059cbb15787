"""Bodies of requests as a client of the test server sends them, written apart from syncer's."""

from __future__ import annotations

PROPFIND_BODY = (
    '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"'
    ' xmlns:nc="http://nextcloud.org/ns"><d:prop><d:resourcetype/><d:getetag/>'
    "<d:getlastmodified/><d:getcontentlength/><d:getcontenttype/><oc:fileid/><oc:size/>"
    "<oc:permissions/><nc:mount-type/></d:prop></d:propfind>"
)
SEARCH_BODY = (
    '<d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:basicsearch><d:select>'
    "<d:prop><oc:fileid/></d:prop></d:select><d:from><d:scope><d:href>/files/{user}</d:href>"
    "<d:depth>infinity</d:depth></d:scope></d:from><d:where><d:eq><d:prop><oc:fileid/></d:prop>"
    "<d:literal>{id}</d:literal></d:eq></d:where></d:basicsearch></d:searchrequest>"
)
