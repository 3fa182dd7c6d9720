// SPDX-License-Identifier: Apache-2.0
// Ten thousand scans that are none of the batch's, on a line with a board that is ready for any of them.
#include <random>

#include "tests/station/line_bench.h"

namespace keystamp::test {
namespace {

constexpr const char* kBatch = "wild";
constexpr int kScans = 5'000;  // on each of two lines

/// What a scanner sends that is no good label: drawn from good ones and from nothing.
class Hostile {
public:
    /// `good`: a label of the batch, with the number in it.
    explicit Hostile(std::string (*good)(int)) : m_good(good) {}

    std::string next() {
        switch (below(7)) {
            case 0:
                return noise(below(300), 0, 255);
            case 1:
                return noise(1 + below(60), 0x20, 0x7e);
            case 2: {
                const std::string label = any();
                return label.substr(0, static_cast<std::size_t>(below(static_cast<int>(label.size()))));
            }
            case 3: {
                const std::string label = any();
                return label.substr(1 + static_cast<std::size_t>(below(static_cast<int>(label.size()) - 1)));
            }
            case 4: {
                const std::string label = any();
                return label + label;
            }
            case 5:
                return any() + any();
            default: {
                static const std::vector<std::string> kForeign{
                    "4006381333931", "]E04006381333931", "https://example.com/p/17", "(01)10614141000415(21)wild-0001(10)LOT-7",
                    "]d2011061414100041521wild-0001\x1d" "10LOT-7", "]C1wild-0001", "]C0wild-0001x", "wild-0000", "wild-0026", "tame-0001",
                    "WIFI:S:guest;T:WPA;P:12345678;;", "=1+1", "F1,wild-0001", "../../etc/passwd", "wild_0001", "wild'0001", "zild-0001"};
                return kForeign[static_cast<std::size_t>(below(static_cast<int>(kForeign.size())))];
            }
        }
    }

private:
    int below(int limit) { return std::uniform_int_distribution<int>{0, limit - 1}(m_random); }
    std::string any() { return m_good(1 + below(20)); }
    std::string noise(int length, int from, int to) {
        std::string text;
        for (int n = 0; n < length; ++n) text += static_cast<char>(from + below(to - from + 1));
        return text;
    }

    std::string (*m_good)(int);
    std::mt19937 m_random{20'261'129};  // the same scans each time
};

std::string idOf(int number) { return "wild-00" + std::string(number < 10 ? "0" : "") + std::to_string(number); }
std::string gs1Label(int number) { return "0109501101530003" "21" + idOf(number) + "\x1d" "10LOT-7"; }

void play(LineBench& bench, std::string (*good)(int)) {
    static_cast<void>(bench.station.patternBatch(kBatch, Mode::X509, 20, true));
    workflow::Line& line = bench.open(kBatch);
    const auto before = bench.station.signer().calls.size();
    Hostile hostile{good};
    for (int n = 0; n < kScans; ++n) {
        const std::string scan = hostile.next();
        static_cast<void>(n % 2 == 0 ? line.scan(scan) : line.scanAt("F1", scan));
        if (n % 500 == 0) line.waitUntilIdle();
    }
    line.waitUntilIdle();
    EXPECT_TRUE(bench.station.units(kBatch).empty());
    EXPECT_EQ(bench.station.signer().calls.size(), before) << "the signer was not even asked";
    for (const auto& status : bench.done()) {
        EXPECT_FALSE(status.verdict) << status.scan;
        ASSERT_TRUE(status.error);
        EXPECT_FALSE(status.stopped) << "a refusal says nothing about board and fixture";
    }
    ASSERT_TRUE(line.scan(good(7)).ok());
    line.waitUntilIdle();
    EXPECT_EQ(bench.done().back().verdict, db::Verdict::Pass) << "and the line is alive";
    EXPECT_EQ(bench.done().back().deviceId, idOf(7));
    EXPECT_EQ(bench.station.units(kBatch).size(), 1u);
    bench.station.holdInvariants(kBatch);
}

TEST(HostileScans, FiveThousandIssueNothingWhereTheBatchKnowsItsIds) {
    LineBench bench{1};
    play(bench, idOf);
}

TEST(HostileScans, FiveThousandIssueNothingWhereLabelsAreGs1) {
    LineBench bench{1};
    auto& format = bench.station.station().config.scan;
    format.take = "{21}";
    format.need = {{"01", "09501101530003"}, {"10", "LOT-7"}};
    play(bench, gs1Label);
}

}  // namespace
}  // namespace keystamp::test
