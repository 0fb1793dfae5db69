-- Wireshark dissector for Spindle's order entry: OUCH 5.0 messages in the UDP session layer
-- (docs/protocol/session.md, order-entry.md).
--
--   wireshark -X lua_script:spindle.lua      port 26400 unless changed in the preferences

local spindle = Proto("spindle", "Spindle order entry")
spindle.prefs.port = Pref.uint("UDP port", 26400, "Order-entry port of the appliance")

local field = {}
local function add(name, kind, label, base)
  field[name] = ProtoField[kind]("spindle." .. name, label, base)
end
add("packet", "string", "Packet")
add("session_id", "string", "Session id")
add("sequence", "uint32", "Sequence")
add("count", "uint16", "Count")
add("username", "string", "Username")
add("message", "string", "Message")
add("time", "uint64", "Time, ns since midnight")
add("number", "uint32", "UserRefNum")
add("original", "uint32", "Original UserRefNum")
add("side", "string", "Side")
add("quantity", "uint32", "Quantity")
add("symbol", "string", "Symbol")
add("price", "uint64", "Price, 4 decimals")
add("reference", "uint64", "Order reference")
add("match", "uint64", "Match number")
add("reason", "string", "Reason")
add("code", "uint16", "Reject code", base.HEX)
add("liquidity", "string", "Liquidity")
add("cl_ord_id", "string", "ClOrdId")
add("firm", "string", "Firm")
add("first", "uint32", "First missing")
add("missing", "uint32", "Missing")
add("tag", "uint8", "Tag")
add("value", "bytes", "Value")
spindle.fields = field
local malformed = ProtoExpert.new(
  "spindle.malformed", "Malformed", expert.group.MALFORMED, expert.severity.ERROR)
spindle.experts = { malformed }

-- Per message: name, fixed length, then { field, offset, length } ...
local from_client = {
  O = { "Enter", 47, { "number", 1, 4 }, { "side", 5, 1 }, { "quantity", 6, 4 }, { "symbol", 10, 8 },
    { "price", 18, 8 }, { "cl_ord_id", 31, 14 } },
  U = { "Replace", 40, { "original", 1, 4 }, { "number", 5, 4 }, { "quantity", 9, 4 }, { "price", 13, 8 },
    { "cl_ord_id", 24, 14 } },
  X = { "Cancel", 9, { "number", 1, 4 }, { "quantity", 5, 4 } },
  M = { "Modify", 10, { "number", 1, 4 }, { "side", 5, 1 }, { "quantity", 6, 4 } },
  C = { "MassCancel", 19, { "number", 1, 4 }, { "firm", 5, 4 }, { "symbol", 9, 8 } },
  D = { "DisableEntry", 11, { "number", 1, 4 }, { "firm", 5, 4 } },
  E = { "EnableEntry", 11, { "number", 1, 4 }, { "firm", 5, 4 } },
  Q = { "Query", 1 },
}
local from_server = {
  S = { "SystemEvent", 10, { "reason", 9, 1 } },
  A = { "Accepted", 64, { "number", 9, 4 }, { "side", 13, 1 }, { "quantity", 14, 4 }, { "symbol", 18, 8 },
    { "price", 26, 8 }, { "reference", 36, 8 }, { "cl_ord_id", 48, 14 } },
  U = { "Replaced", 68, { "original", 9, 4 }, { "number", 13, 4 }, { "side", 17, 1 }, { "quantity", 18, 4 },
    { "symbol", 22, 8 }, { "price", 30, 8 }, { "reference", 40, 8 }, { "cl_ord_id", 52, 14 } },
  C = { "Canceled", 18, { "number", 9, 4 }, { "quantity", 13, 4 }, { "reason", 17, 1 } },
  D = { "AiqCanceled", 32, { "number", 9, 4 }, { "quantity", 13, 4 }, { "reason", 17, 1 } },
  E = { "Executed", 36, { "number", 9, 4 }, { "quantity", 13, 4 }, { "price", 17, 8 }, { "liquidity", 25, 1 },
    { "match", 26, 8 } },
  B = { "BrokenTrade", 36, { "number", 9, 4 }, { "match", 13, 8 }, { "reason", 21, 1 } },
  J = { "Rejected", 29, { "number", 9, 4 }, { "code", 13, 2 }, { "cl_ord_id", 15, 14 } },
  P = { "CancelPending", 13, { "number", 9, 4 } },
  I = { "CancelReject", 13, { "number", 9, 4 } },
  T = { "PriorityUpdate", 30, { "number", 9, 4 }, { "price", 13, 8 }, { "reference", 22, 8 } },
  M = { "Modified", 18, { "number", 9, 4 }, { "side", 13, 1 }, { "quantity", 14, 4 } },
  R = { "Restated", 16, { "number", 9, 4 }, { "reason", 13, 1 } },
  X = { "MassCancelAck", 27, { "number", 9, 4 }, { "firm", 13, 4 }, { "symbol", 17, 8 } },
  G = { "DisableAck", 19, { "number", 9, 4 }, { "firm", 13, 4 } },
  K = { "EnableAck", 19, { "number", 9, 4 }, { "firm", 13, 4 } },
  Q = { "QueryAnswer", 13, { "number", 9, 4 } },
  N = { "NotApplied", 19, { "first", 9, 4 }, { "missing", 13, 4 } },
}

local function dissect_appendage(bytes, fixed, tree)
  -- The u16 length of the appendage is the end of the fixed part where it is demanded.
  local at = fixed
  if bytes:len() >= fixed + 2 and bytes(fixed, 2):uint() == bytes:len() - fixed - 2 then
    at = fixed + 2
  end
  while at + 2 <= bytes:len() do
    local length = bytes(at, 1):uint()
    if length == 0 or at + 1 + length > bytes:len() then
      tree:add_proto_expert_info(malformed, "appendage")
      return
    end
    tree:add(field.tag, bytes(at + 1, 1))
    if length > 1 then
      tree:add(field.value, bytes(at + 2, length - 1))
    end
    at = at + 1 + length
  end
end

local function dissect_message(bytes, known, tree)
  local layout = bytes:len() > 0 and known[bytes(0, 1):string()]
  if not layout or bytes:len() < layout[2] then
    tree:add_proto_expert_info(malformed, "message")
    return "?"
  end
  local branch = tree:add(spindle, bytes(), layout[1])
  branch:add(field.message, bytes(0, 1), layout[1])
  if known == from_server then
    branch:add(field.time, bytes(1, 8))
  end
  for i = 3, #layout do
    branch:add(field[layout[i][1]], bytes(layout[i][2], layout[i][3]))
  end
  if bytes:len() > layout[2] then
    dissect_appendage(bytes, layout[2], branch)
  end
  return layout[1]
end

local function dissect_upstream(bytes, tree, names)
  local kinds = { L = "Login", U = "Message", T = "Retransmit", R = "Heartbeat", O = "Logoff", K = "Token" }
  local at = 0
  while at + 3 <= bytes:len() do
    local length = bytes(at, 2):uint()
    if length == 0 or at + 2 + length > bytes:len() then
      tree:add_proto_expert_info(malformed, "block")
      return
    end
    local kind = bytes(at + 2, 1):string()
    local branch = tree:add(spindle, bytes(at, 2 + length), kinds[kind] or "Unknown block")
    branch:add(field.packet, bytes(at + 2, 1), kinds[kind] or kind)
    if kind == "U" and length > 1 then
      names[#names + 1] = dissect_message(bytes(at + 3, length - 1), from_client, branch)
    elseif kind == "L" and length == 27 then
      branch:add(field.username, bytes(at + 3, 6))
      branch:add(field.session_id, bytes(at + 19, 10))
    elseif kind == "T" and length == 7 then
      branch:add(field.sequence, bytes(at + 3, 4))
      branch:add(field.count, bytes(at + 7, 2))
    end
    if kind ~= "U" then
      names[#names + 1] = kinds[kind] or kind
    end
    at = at + 2 + length
  end
end

local function dissect_downstream(bytes, tree, names)
  local kinds = { A = "LoginAccepted", J = "LoginRejected", S = "Sequenced", E = "EndOfSession", P = "Throttle" }
  local seal = 8 -- behind every packet of a session with tokens
  local function is(length) return bytes:len() == length or bytes:len() == length + seal end
  local kind = bytes(0, 1):string()
  tree:add(field.packet, bytes(0, 1), kinds[kind] or kind)
  names[#names + 1] = kinds[kind] or kind
  if kind == "A" and is(15) then
    tree:add(field.session_id, bytes(1, 10))
    tree:add(field.sequence, bytes(11, 4))
  elseif kind == "J" and is(2) then
    tree:add(field.reason, bytes(1, 1))
  elseif kind == "E" and is(5) then
    tree:add(field.count, bytes(3, 2))
  elseif kind == "P" and is(10) then
    tree:add(field.quantity, bytes(1, 4))
  elseif kind == "S" and bytes:len() >= 7 then
    tree:add(field.sequence, bytes(1, 4))
    tree:add(field.count, bytes(5, 2))
    local at = 7
    for _ = 1, bytes(5, 2):uint() do
      local length = at + 2 <= bytes:len() and bytes(at, 2):uint() or 0
      if length == 0 or at + 2 + length > bytes:len() then
        tree:add_proto_expert_info(malformed, "packet")
        return
      end
      names[#names + 1] = dissect_message(bytes(at + 2, length), from_server, tree)
      at = at + 2 + length
    end
  else
    tree:add_proto_expert_info(malformed, "packet")
  end
end

function spindle.dissector(buffer, info, root)
  if buffer:len() == 0 then
    return 0
  end
  info.cols.protocol = "SPINDLE"
  local names = {}
  local tree = root:add(spindle, buffer())
  if info.dst_port == spindle.prefs.port then
    dissect_upstream(buffer(), tree, names)
  else
    dissect_downstream(buffer(), tree, names)
  end
  info.cols.info = table.concat(names, ", ")
  return buffer:len()
end

local ports = DissectorTable.get("udp.port")
local registered
function spindle.init()
  if registered then
    ports:remove(registered, spindle)
  end
  registered = spindle.prefs.port
  ports:add(registered, spindle)
end
