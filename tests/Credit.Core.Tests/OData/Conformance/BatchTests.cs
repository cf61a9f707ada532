using System.Text.Json;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Batches, protocol part 11.7 and JSON format part 19: each request as if it had been sent alone.</summary>
public sealed class BatchTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private const string Address = "/odata/public/$batch";

    [Fact]
    public async Task A_json_batch_answers_each_request_as_if_alone()
    {
        var answers = await JsonAsync("""
            {"requests":[
              {"id":"1","method":"get","url":"SampleGroups('n1')"},
              {"id":"2","method":"GET","url":"/odata/public/Samples/$count?$filter=Flag"},
              {"id":"3","method":"get","url":"$1/Members?$top=1","dependsOn":["1"]},
              {"id":"4","method":"get","url":"Samples?$top=2","headers":{"accept":"text/csv"}},
              {"id":"5","method":"get","url":"$metadata"}]}
            """);

        answers.Select(answer => answer.GetProperty("status").GetInt32()).ShouldBe([200, 200, 200, 200, 200]);
        answers[0].GetProperty("body").GetProperty("Title").GetString().ShouldBe("组1");
        answers[0].GetProperty("headers").GetProperty("content-type").GetString().ShouldBe("application/json; odata.metadata=minimal");
        answers[0].GetProperty("headers").GetProperty("odata-version").GetString().ShouldBe("4.0");
        answers[1].GetProperty("body").GetString().ShouldBe($"{Samples.Mirror.Count(row => row.Flag)}");
        answers[2].GetProperty("body").GetProperty("value")[0].GetProperty("Name").GetString().ShouldBe("n1");
        answers[3].GetProperty("body").GetString()!.ShouldStartWith("\uFEFFId,");
        answers[4].GetProperty("body").GetString()!.ShouldStartWith("<edmx:Edmx");
    }

    [Fact]
    public async Task What_depends_on_a_failed_request_is_not_run()
    {
        var answers = await JsonAsync("""
            {"requests":[
              {"id":"a","method":"get","url":"Nope"},
              {"id":"b","method":"get","url":"SampleGroups","dependsOn":["a"]},
              {"id":"c","method":"get","url":"SampleGroups","dependsOn":["b"]},
              {"id":"d","method":"get","url":"SampleGroups","atomicityGroup":"g"},
              {"id":"e","method":"get","url":"Nope","atomicityGroup":"g"},
              {"id":"f","method":"get","url":"SampleGroups","dependsOn":["g"]},
              {"id":"h","method":"post","url":"SampleGroups"},
              {"id":"i","method":"get","url":"SampleGroups"}]}
            """, ("Prefer", "continue-on-error"));

        answers.Select(answer => (answer.GetProperty("id").GetString(), answer.GetProperty("status").GetInt32())).ShouldBe(
            [("a", 404), ("b", 424), ("c", 424), ("d", 424), ("e", 404), ("f", 424), ("h", 405), ("i", 200)]);
    }

    [Fact]
    public async Task Without_leave_to_go_on_the_first_error_ends_the_batch()
    {
        const string Body = """{"requests":[{"id":"1","method":"get","url":"SampleGroups"},{"id":"2","method":"get","url":"Nope"},{"id":"3","method":"get","url":"SampleGroups"}]}""";

        (await JsonAsync(Body)).Count.ShouldBe(2);
        (await JsonAsync(Body, ("Prefer", "odata.continue-on-error"))).Count.ShouldBe(3);
        (await feed.SendAsync(Address, Body, ("Content-Type", "application/json"), ("Prefer", "odata.continue-on-error"))).Headers["Preference-Applied"].ShouldBe("odata.continue-on-error");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"requests":1}""")]
    [InlineData("""{"requests":[1]}""")]
    [InlineData("""{"requests":[{}]}""")]
    [InlineData("""{"requests":[{"id":1,"method":"get","url":"SampleGroups"}]}""")]
    [InlineData("""{"requests":[{"id":"1","url":"SampleGroups"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"a"},{"id":"1","method":"get","url":"a"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"a","dependsOn":["2"]},{"id":"2","method":"get","url":"a"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"a","dependsOn":"1"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"a","headers":[]}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"a","headers":{"x y":"z"}}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"get","url":"a","atomicityGroup":"g"},{"id":"2","method":"get","url":"a"},{"id":"3","method":"get","url":"a","atomicityGroup":"g"}]}""")]
    public async Task A_malformed_json_batch_is_refused_whole(string body)
    {
        var answer = await feed.SendAsync(Address, body, ("Content-Type", "application/json"));

        (answer.Status, answer.ErrorCode).ShouldBe((400, "batch-malformed"), answer.Body);
    }

    [Fact]
    public async Task A_multipart_batch_stops_at_an_error_unless_it_may_go_on()
    {
        var body = Multipart(("1", "GET SampleGroups('n1') HTTP/1.1"), ("2", "GET /odata/public/Nope HTTP/1.1"), ("3", "GET SampleGroups/$count HTTP/1.1\r\nAccept: text/plain"));

        var stopped = await feed.SendAsync(Address, body, ("Content-Type", "multipart/mixed; boundary=b"));
        var whole = await feed.SendAsync(Address, body, ("Content-Type", "multipart/mixed; boundary=\"b\""), ("Prefer", "continue-on-error"));

        stopped.Headers["Content-Type"].ShouldStartWith("multipart/mixed; boundary=");
        stopped.Body.Split("HTTP/1.1 ").Skip(1).Select(part => part[..3]).ShouldBe(["200", "404"]);
        whole.Body.Split("HTTP/1.1 ").Skip(1).Select(part => part[..3]).ShouldBe(["200", "404", "200"]);
        whole.Body.Split("Content-ID: ").Skip(1).Select(part => part[..1]).ShouldBe(["1", "2", "3"]);
        whole.Body.ShouldContain("组1");
        (await feed.SendAsync(Address, body, ("Content-Type", "multipart/mixed; boundary=b"), ("Accept", "application/json"))).Json.GetProperty("responses").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_change_set_is_refused_as_one()
    {
        var inner = Multipart("c", ("1", "POST SampleGroups HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}"), ("2", "POST SampleGroups HTTP/1.1\r\n\r\n{}"));
        var body = $"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{inner}\r\n--b--\r\n";

        var answer = await feed.SendAsync(Address, body, ("Content-Type", "multipart/mixed; boundary=b"));

        answer.Body.Split("HTTP/1.1 ").Skip(1).Select(part => part[..3]).ShouldBe(["405"]);
    }

    [Theory]
    [InlineData("multipart/mixed", "--b\r\n\r\n--b--", 400)]
    [InlineData("multipart/mixed; boundary=b", "", 400)]
    [InlineData("multipart/mixed; boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nGET SampleGroups HTTP/1.1\r\n\r\n", 400)]
    [InlineData("multipart/mixed; boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nSampleGroups\r\n\r\n--b--", 400)]
    [InlineData("multipart/mixed; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nGET SampleGroups HTTP/1.1\r\n\r\n--b--", 400)]
    [InlineData("multipart/mixed; boundary=b", "--b\r\n\r\nGET SampleGroups HTTP/1.1\r\n\r\n--b--", 400)]
    [InlineData("multipart/mixed; boundary=b", "--b\r\nContent-Type: application/http\r\n\r\nGET SampleGroups HTTP/1.1\r\nbad header\r\n\r\n--b--", 400)]
    [InlineData("text/plain", "x", 415)]
    [InlineData("application/xml", "<a/>", 415)]
    public async Task A_malformed_batch_of_parts_is_refused_whole(string type, string body, int status) =>
        (await feed.SendAsync(Address, body, ("Content-Type", type))).Status.ShouldBe(status);

    [Fact]
    public async Task A_batch_is_bounded_in_requests_and_in_bytes()
    {
        var many = "{\"requests\":[" + string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":"{{i}}","method":"get","url":"SampleGroups"}""")) + "]}";

        (await feed.SendAsync(Address, many, ("Content-Type", "application/json"))).ErrorCode.ShouldBe("query-too-large");
        (await feed.SendAsync(Address, new string(' ', 1100 * 1024), ("Content-Type", "application/json"))).ErrorCode.ShouldBe("query-too-large");
    }

    [Fact]
    public async Task A_batch_opens_no_door_that_is_shut()
    {
        var answers = await JsonAsync("""
            {"requests":[
              {"id":"1","method":"get","url":"/odata/official/ListEntries"},
              {"id":"2","method":"get","url":"http://elsewhere.example/odata/public/SampleGroups"},
              {"id":"3","method":"get","url":"$batch"},
              {"id":"4","method":"get","url":"/odata/public/../official/ListEntries"},
              {"id":"5","method":"get","url":"/api/entries"},
              {"id":"6","method":"get","url":"Failing?$filter=Kind%20eq%201"},
              {"id":"7","method":"get","url":"Samples?$filter=Number%20eq"},
              {"id":"8","method":"get","url":"$9/Members"},
              {"id":"9","method":"get","url":"SampleGroups","if":"$1 eq null"}]}
            """, ("Prefer", "continue-on-error"));

        answers.Select(answer => answer.GetProperty("status").GetInt32()).ShouldBe([401, 404, 404, 404, 404, 400, 400, 404, 501]);
        answers.ShouldAllBe(answer => answer.GetProperty("body").GetProperty("error").GetProperty("code").GetString()!.Length > 0);
    }

    private async Task<IReadOnlyList<JsonElement>> JsonAsync(string body, params (string, string)[] headers)
    {
        var answer = await feed.SendAsync(Address, body, [("Content-Type", "application/json"), .. headers]);
        answer.Status.ShouldBe(200, answer.Body);
        return [.. answer.Json.GetProperty("responses").EnumerateArray()];
    }

    private static string Multipart(params (string Id, string Request)[] parts) => Multipart("b", parts);

    private static string Multipart(string boundary, params (string Id, string Request)[] parts) =>
        string.Concat(parts.Select(part => $"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {part.Id}\r\n\r\n{part.Request}\r\n\r\n\r\n")) + $"--{boundary}--\r\n";
}
