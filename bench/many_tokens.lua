-- wrk: each request has another one of the tokens in the file that TOKENS names, one a line.
local requests = {}
local position = 0

function init()
  for token in io.lines(os.getenv("TOKENS")) do
    wrk.headers["Authorization"] = "Bearer " .. token
    requests[#requests + 1] = wrk.format()
  end
end

function request()
  position = position % #requests + 1
  return requests[position]
end
